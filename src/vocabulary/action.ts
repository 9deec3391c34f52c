/**
 * What a recorded call was for: something was read, a file was changed, a command or test ran, or none of these. A
 * line that does not say tells of a consultation.
 */
export const ACTIONS = ["consult", "edit", "run", "other"] as const;
export type Action = (typeof ACTIONS)[number];

/** Does a line tell of something that was consulted? What a reader does not know it takes for none. */
export function isConsultation({ action }: Readonly<Record<string, unknown>>): boolean {
  return action === undefined || action === null || action === "consult";
}
