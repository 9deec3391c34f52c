import type { Action } from "../../vocabulary/action.ts";
import type { Outcome } from "../evidence/index.ts";

/** What recorded: in which way it sees work, and which program of which version it is. */
export interface RecorderIdentity {
  kind: "hook" | "proxy" | "transcript" | "run" | "telemetry";
  /** Such as `claude-code` or `mcp-proxy`; names the file too. */
  name: string;
  version: string;
}

/** What a recorder saw of one tool call. */
export interface SeenCall {
  /** As evidence names tools: of an MCP call the server, such as `context7`; `shell`, `edit`, … of built-in ones. */
  tool: string;
  /** An address, or `repo:<path>`. */
  docRef: string;
  purpose: string;
  action: Action;
  /** What the MCP server calls itself. */
  server?: string | undefined;
  outcome?: Outcome | undefined;
  /** Milliseconds. */
  durationMs?: number | undefined;
  /** Hashed with the key of this user, never written. */
  input?: unknown;
  output?: unknown;
  /** The host's own id of the call; made up where there is none. */
  requestId?: string | undefined;
  /** Milliseconds since 1970. */
  at: number;
  /** Further members of the line. Whoever gives them has taken secrets out. */
  more?: Readonly<Record<string, unknown>> | undefined;
}

/** One stretch of recording, by one recorder, for one agent, in one checkout. */
export interface RecorderSession {
  /** Top of the working tree. */
  root: string;
  agent: string;
  /** Unique per recorder; letters, digits and . _ - @. */
  session: string;
  recorder: RecorderIdentity;
  task?: string | undefined;
  /** The commit on which the work stands. */
  head?: string | undefined;
}
