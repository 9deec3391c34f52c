import { utcTimestamp } from "../../../../platform/clock/index.ts";
import type { KeptLine } from "../../../../vocabulary/kept-line.ts";
import { storable, storableInstant } from "../../../../vocabulary/storable.ts";
import { parseTimestamp } from "../../../../vocabulary/timestamp.ts";
import type { KeptRecord } from "./record-store.ts";

/** Columns are for finding a line: of a longer text the beginning will do, since the line holds the whole. */
const MAX_COLUMN = 500;

function optional(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? storable(value, MAX_COLUMN) : null;
}

/** What is asked for of a valid heartbeat line. A time out of all reason is kept as the nearest that is not. */
export function recordColumns(entry: Readonly<Record<string, unknown>>): Omit<KeptRecord, keyof KeptLine> {
  return {
    task: storable(String(entry.task), MAX_COLUMN),
    status: String(entry.status),
    at: utcTimestamp(storableInstant(parseTimestamp(String(entry.timestamp)) ?? 0)),
    progress: optional(entry.progress),
    session: optional(entry.session),
  };
}
