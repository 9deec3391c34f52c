import type { Action } from "../../vocabulary/action.ts";

/** Who may have seen a part of the work, git aside, which sees every commit. `claimed` lines were typed. */
export const WITNESSES = ["hook", "proxy", "transcript", "run", "telemetry", "other", "claimed"] as const;
export type Witness = (typeof WITNESSES)[number];

/** One evidence line of a range, as far as witnesses are compared by it. */
export interface SeenLine {
  witness: Witness;
  /** Name of the recorder, such as `claude-code`; empty for a typed line. */
  recorder: string;
  /** The folder's agent: whose work it is, whatever became of the commits. */
  agent: string;
  task: string | null;
  session: string | null;
  /** Milliseconds since 1970. */
  at: number;
  durationMs: number;
  tool: string;
  /** The called tool of an MCP server, or the host's own name of a built-in one. */
  call: string | null;
  ref: string;
  action: Action;
  /** Files that an edit names, from the top of the repository. */
  files: string[];
  id: string | null;
  /** Keyed hash of the arguments. */
  input: string | null;
  subagent: string | null;
  /** `file:line`. */
  place: string;
}

/** Does a line come from something that records, rather than from somebody who typed it? */
export function isRecorded({ witness }: Pick<SeenLine, "witness">): boolean {
  return witness !== "claimed";
}
