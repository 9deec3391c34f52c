import { parseRecordPath, type RecordPath } from "../record/index.ts";

/** `s1` of `heartbeat.s1.ndjson`; empty for a file that belongs to no session. */
export function sessionOf({ path }: RecordPath): string {
  return /\/heartbeat\.([^/]+)\.ndjson$/.exec(path)?.[1] ?? "";
}

/** The path taken apart; null when it is not that of a heartbeat file. */
export function parseHeartbeatPath(path: string): RecordPath | null {
  const file = parseRecordPath(path);
  return file?.kind === "heartbeat" ? file : null;
}
