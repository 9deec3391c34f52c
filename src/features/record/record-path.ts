import { isCalendarDate } from "../../vocabulary/timestamp.ts";

/** A record file, taken apart (contract §1). */
export interface RecordPath {
  path: string;
  kind: "evidence" | "heartbeat";
  agent: string;
  /** `YYYY-MM-DD`, the writer's local date. */
  date: string;
}

export const RECORD_FOLDER = "artifacts";
export const REDACTIONS_FILE = "artifacts/redactions.jsonl";
export const ARCHIVE_FOLDER = "artifacts/archive";

const EVIDENCE = /^mcp\/(?:[^/]+\/)*[^/]+\.jsonl$/;
const HEARTBEAT = /^heartbeat(?:\.[^/]+)?\.ndjson$/;

/** Takes a path apart; null when it is no evidence or heartbeat file, or holds `..`, `.`, empty parts or NUL. */
export function parseRecordPath(path: string): RecordPath | null {
  const [top, agent = "", date = "", ...rest] = path.split("/");
  if (top !== RECORD_FOLDER || agent === "" || !isCalendarDate(date)) return null;
  if ([agent, ...rest].some((part) => part === "" || part === "." || part === "..") || path.includes("\0"))
    return null;
  const tail = rest.join("/");
  const kind = EVIDENCE.test(tail) ? "evidence" : HEARTBEAT.test(tail) ? "heartbeat" : null;
  return kind && { path, kind, agent, date };
}

/** May this text stand as one part of a record path: an agent, a topic, a session? */
export function isPathPart(text: string): boolean {
  return /^[A-Za-z0-9@_][A-Za-z0-9@._-]{0,99}$/.test(text) && !text.endsWith(".");
}
