import type { Entry } from "../manifest.ts";

/** What would be done to one file. `yours` is somebody's own text, which stays. */
export type Action = "create" | "change" | "remove" | "fine" | "yours";

export interface PlannedFile {
  /** From the root, with `/`. */
  path: string;
  action: Action;
  /** What it is for, or why nothing is done, in a few words. */
  says: string;
  /** What lies there now; null for nothing. */
  before: Buffer | null;
  /** What would lie there; for `yours`, what init would have written. Null for nothing. */
  after: Buffer | null;
  isExecutable: boolean;
  /** What the manifest will say of it; null when nothing in it is init's. */
  entry: Entry | null;
  /** Part of the vendored tool: many files, shown as one. */
  isTool: boolean;
}

/** Is anything to be written or removed? */
export function isDue({ action }: PlannedFile): boolean {
  return action === "create" || action === "change" || action === "remove";
}
