import { isCalendarDate } from "../../vocabulary/timestamp.ts";

/** A record file, taken apart (contract §1). */
export interface RecordPath {
  path: string;
  /** A receipt speaks of evidence lines of the same agent and day, and is no evidence itself. */
  kind: "evidence" | "heartbeat" | "receipt";
  agent: string;
  /** `YYYY-MM-DD`, the writer's local date. */
  date: string;
  /** The archive that holds it; absent for a file of its own. */
  archive?: string;
}

export const RECORD_FOLDER = "artifacts";
export const REDACTIONS_FILE = "artifacts/redactions.jsonl";
export const ARCHIVE_FOLDER = "artifacts/archive";
const ARCHIVE_END = ".tar.gz";

const EVIDENCE = /^mcp\/(?:[^/]+\/)*[^/]+\.jsonl$/;
const HEARTBEAT = /^heartbeat(?:\.[^/]+)?\.ndjson$/;
const RECEIPT = /^receipts(?:\.[^/]+)?\.jsonl$/;
const FORMS = [
  ["evidence", EVIDENCE],
  ["heartbeat", HEARTBEAT],
  ["receipt", RECEIPT],
] as const;

/** Takes a path apart; null when it is no evidence, heartbeat or receipts file, or holds `..`, `.`, empty parts or NUL. */
export function parseRecordPath(path: string): RecordPath | null {
  const [top, agent = "", date = "", ...rest] = path.split("/");
  if (top !== RECORD_FOLDER || agent === "" || !isCalendarDate(date)) return null;
  if ([agent, ...rest].some((part) => part === "" || part === "." || part === "..") || path.includes("\0"))
    return null;
  const tail = rest.join("/");
  const [kind] = FORMS.find(([, form]) => form.test(tail)) ?? [];
  return kind === undefined ? null : { path, kind, agent, date };
}

/** May this text stand as one part of a record path: an agent, a topic, a session? */
export function isPathPart(text: string): boolean {
  return /^[A-Za-z0-9@_][A-Za-z0-9@._-]{0,99}$/.test(text) && !text.endsWith(".");
}

/** `artifacts/archive/2026-01.tar.gz`, where the records of a month go (contract §1). */
export function archiveOf(month: string): string {
  return `${ARCHIVE_FOLDER}/${month}${ARCHIVE_END}`;
}

export function isArchive(path: string): boolean {
  return path.startsWith(`${ARCHIVE_FOLDER}/`) && path.endsWith(ARCHIVE_END);
}

/** `2026-01` of an archive that is named by its month; null for any other path. */
export function monthOf(archive: string): string | null {
  const month = archive.slice(ARCHIVE_FOLDER.length + 1, -ARCHIVE_END.length);
  return archive === archiveOf(month) && isCalendarDate(`${month}-01`) ? month : null;
}
