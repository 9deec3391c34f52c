import { utcTimestamp } from "../../../../platform/clock/index.ts";
import type { KeptLine } from "../../../../vocabulary/kept-line.ts";
import { storable, storableInstant } from "../../../../vocabulary/storable.ts";
import type { BeatFields } from "../../check-beat.ts";
import type { KeptRecord } from "./record-store.ts";

/** Columns are for finding a line: of a longer text the beginning will do, since the line holds the whole. */
const MAX_COLUMN = 500;

const optional = (text: string | null): string | null => text && storable(text, MAX_COLUMN);

/** What is asked for of a valid heartbeat line. A time out of all reason is kept as the nearest that is not. */
export function recordColumns(beat: BeatFields): Omit<KeptRecord, keyof KeptLine> {
  return {
    task: storable(beat.task, MAX_COLUMN),
    status: beat.status,
    at: utcTimestamp(storableInstant(beat.time)),
    progress: optional(beat.progress),
    session: optional(beat.session),
  };
}
