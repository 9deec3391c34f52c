import type { Outcome } from "../evidence/index.ts";

/** One tool call as the log of a host tells it. Arguments and answers are held only until they are hashed. */
export interface LoggedCall {
  /** The host's own id of the call. */
  id: string;
  /** The tool as the host calls it. */
  tool: string;
  /** The MCP server as the host's configuration calls it; absent for a tool that the host brings along. */
  server?: string | undefined;
  input: unknown;
  /** Files that it changed, where the log names them. */
  paths?: readonly string[] | undefined;
  output?: unknown;
  outcome?: Outcome | undefined;
  durationMs?: number | undefined;
  /** When it was called, in milliseconds since 1970. */
  at: number;
  /** The part of the session that called: a subagent of the host. */
  subagent?: string | undefined;
}

/** What a log says of itself. */
export interface LogSession {
  /** The host's id of the session. */
  id: string;
  /** The folder in which the session works. */
  cwd: string;
}

export type LogEntry = Readonly<Record<string, unknown>>;

/** Reads the entries of one log, one by one. */
export interface HostLog {
  /** Null until an entry said it. */
  readonly session: LogSession | null;
  /** When the newest entry was written, in milliseconds since 1970. */
  readonly lastAt: number;
  /** Takes in an entry. Returns a sentence when it holds a call that cannot be told. */
  read(entry: LogEntry, line: number): string | null;
  /** Calls that were answered, oldest answer first; those whose story may go on stay behind until `all`. */
  takeAnswered(all: boolean): LoggedCall[];
  /** Calls that nobody answered. */
  takeUnanswered(): LoggedCall[];
}

export function isObject(value: unknown): value is LogEntry {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A text that is not empty; else undefined. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}
