import { utcTimestamp } from "../../../platform/clock/index.ts";
import type { KeptLine } from "../../../vocabulary/kept-line.ts";
import { storable, storableInstant } from "../../../vocabulary/storable.ts";
import { parseTimestamp } from "../../../vocabulary/timestamp.ts";
import type { KeptEvidence } from "./line-store.ts";

/** Columns are for finding a line: of a longer text the beginning will do, since the line holds the whole. */
const MAX_COLUMN = 500;
const MAX_REFERENCE = 2_000;

type Columns = Omit<KeptEvidence, keyof KeptLine>;

function optional(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? storable(value, MAX_COLUMN) : null;
}

/** What is asked for of a valid evidence line. A time out of all reason is kept as the nearest that is not. */
export function evidenceColumns(entry: Readonly<Record<string, unknown>>): Columns {
  const instant = parseTimestamp(String(entry.timestamp)) ?? 0;
  return {
    tool: storable(String(entry.tool), MAX_COLUMN),
    doc_ref: storable(String(entry.doc_ref), MAX_REFERENCE),
    request_id: storable(String(entry.request_id), MAX_COLUMN),
    at: utcTimestamp(storableInstant(instant)),
    task: optional(entry.task),
    session: optional(entry.session),
    outcome: optional(entry.outcome),
  };
}
