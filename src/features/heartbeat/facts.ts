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
  | "future";

/** A line that is no beat, or a beat from the future. */
export interface BeatProblem {
  kind: ProblemKind;
  file: string;
  line: number;
  column?: number;
  message: string;
  hint?: string;
}

/** A line that is earlier in time than the line of its session before it. */
export interface BackStep {
  file: string;
  line: number;
  time: number;
  /** The line before it in the session, and its time. */
  after: { line: number; time: number };
}

/** How many more there were than were kept: facts stay small, whatever a file holds. */
export interface Omitted {
  kind: ProblemKind | "not-monotonic";
  file: string;
  count: number;
}

/** A path that the pull request text names as heartbeat. `line` is that of the text. */
export interface CitedFile {
  path: string;
  line: number;
  state: "found" | "bad-path" | "not-found" | "untracked" | "empty";
}

/** A commit of the range that did not only append. */
export interface RewrittenFile {
  kind: "rewritten" | "redacted";
  file: string;
  line: number;
  commit: string;
  what: string;
}

/** All that the judge of a range's heartbeat knows. Plain JSON. */
export interface HeartbeatFacts {
  head: { id: string; time: number };
  /** How long the work of the range lasted, from commits or records. */
  span: WorkSpan | null;
  /** Each agent and task that the range beat, with all its beats at the head. */
  tasks: TaskBeats[];
  /** Of lines that the range added. */
  problems: BeatProblem[];
  backSteps: BackStep[];
  omitted: Omitted[];
  /** Record files that the range changed and that hold no line. */
  empty: string[];
  rewrites: RewrittenFile[];
  /** Null when no pull request text was given. */
  cited: CitedFile[] | null;
}
