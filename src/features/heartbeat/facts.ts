import type { TaskBeats } from "./beat.ts";
import type { WorkSpan } from "./work-span.ts";

/** What may be wrong with a line; each is a rule `heartbeat/<kind>`. */
export type ProblemKind =
  | "invalid-json"
  | "line-too-long"
  | "not-an-object"
  | "missing-field"
  | "bad-timestamp"
  | "bad-status"
  | "future"
  | "not-monotonic";

/** A line that is no beat, or a beat at a time that cannot be. */
export interface BeatProblem {
  kind: ProblemKind;
  file: string;
  line: number;
  column?: number;
  message: string;
  hint?: string;
}

/** How many more there were than are listed: facts stay small, whatever a file holds. */
export interface Omitted {
  kind: ProblemKind;
  file: string;
  count: number;
}

/** What heartbeat files hold, whichever of them were read. */
export interface BeatFacts {
  tasks: TaskBeats[];
  problems: BeatProblem[];
  omitted: Omitted[];
  /** Files without a line. */
  empty: string[];
}

/** A path that the pull request text names as heartbeat. `line` is that of the text. */
export interface CitedFile {
  path: string;
  line: number;
  state: "found" | "bad-path" | "not-found" | "untracked" | "empty";
}

/** A commit of the range that did not only append. */
export interface RewrittenFile {
  /** The commit took the whole file out. */
  isDeleted?: true;
  kind: "rewritten" | "redacted";
  file: string;
  line: number;
  commit: string;
  what: string;
}

/**
 * All that the judge of a range's heartbeat knows. Plain JSON. `tasks` are those that the range beat, each with all
 * its beats at the head; `problems` and `empty` are those of lines and files that the range added or changed.
 */
export interface HeartbeatFacts extends BeatFacts {
  head: { id: string; time: number };
  /** How long the work of the range lasted, from commits or records. */
  span: WorkSpan | null;
  /** Files to which the range added beats. */
  files: string[];
  rewrites: RewrittenFile[];
  /** Null when no pull request text was given. */
  cited: CitedFile[] | null;
}
