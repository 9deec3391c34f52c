/** Exit codes of every command (contract §2). Could-not-run is never mistaken for success. */
export const EXIT = {
  /** Ran, and all is well, or nothing applied. */
  ok: 0,
  /** Ran, and the answer is no. */
  no: 1,
  /** Asked wrongly: usage, config or input error. */
  usage: 2,
  /** Could not run: git, files, permissions. */
  fault: 3,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

declare const passed: unique symbol;
/** The code of a command that was run in the user's place: what it means is that command's. */
export type PassedCode = number & { readonly [passed]: true };

export function passedCode(code: number): PassedCode {
  return code as PassedCode;
}
