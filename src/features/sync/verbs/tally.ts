import type { BrokenLine, Taken } from "../contract.ts";
import type { Published } from "./publish-verdict.ts";

/** A file that is not what was brought of it any more. */
export interface FoundRewrite {
  file: string;
  what: "rewritten" | "shortened" | "deleted";
  /** The first line that is not what it was. */
  from_line: number;
  lines_before: number;
  lines_after: number;
  /** Lines that no checkout held any more then. */
  gone: number;
}

/** What a sync did. */
export interface Tally {
  repository: string;
  checkout: string;
  branch: string | null;
  head: string | null;
  files: number;
  files_read: number;
  received: number;
  known: number;
  returned: number;
  redacted: number;
  old: number;
  /** Lines for which a receipt was written. */
  receipts: number;
  /** Files of other agents, which this token may not bring. */
  skipped_files: number;
  rewrites: FoundRewrite[];
  /** Files that hold less, or something else, because another branch is checked out now. */
  switched_files: number;
  broken: BrokenLine[];
  /** Links, and what else stands in the place of a record. */
  led_away: string[];
  /** Archives that could not be read, in sentences. */
  archives: string[];
  /** Null where the same commit is checked out as at the last sync, or nothing can be compared with. */
  verdict: Published | null;
  milliseconds: number;
}

/** Of all broken lines, so many are named. */
const MAX_BROKEN = 1_000;

/** Adds what became of a batch. */
export function addTaken(tally: Tally, taken: Taken): void {
  tally.received += taken.received;
  tally.known += taken.known;
  tally.returned += taken.returned;
  tally.redacted += taken.redacted;
  tally.old += taken.old;
  tally.broken.push(...taken.broken.slice(0, Math.max(0, MAX_BROKEN - tally.broken.length)));
}
