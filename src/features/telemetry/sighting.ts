import type { Outcome } from "../evidence/index.ts";

/** A tool call as telemetry tells it: contents are not among what is read. */
export interface SightedCall {
  /** The host's id of the call, or one that is always the same for the same span or record. */
  id: string;
  /** The tool as its host calls it. */
  tool: string;
  server?: string | undefined;
  /** An MCP resource that was read. */
  resource?: string | undefined;
  outcome?: Outcome | undefined;
  durationMs?: number | undefined;
  /** When it was called, in milliseconds since 1970. */
  at: number;
  /** The agent within the host that called, where it says so. */
  subagent?: string | undefined;
}

/** What a resource says of who sends. */
export interface Sender {
  /** Program and version, such as `claude-code 2.1.39`. */
  host: string | undefined;
  agent: string | undefined;
  repository: string | undefined;
  task: string | undefined;
}

/** Something that an agent did, and when it was done with it. */
export interface Sighting {
  sender: Sender;
  session: string;
  /** Milliseconds since 1970. */
  at: number;
  /** Null for what was no tool call. */
  call: SightedCall | null;
}
