import { formatTimestamp } from "../../vocabulary/timestamp.ts";
import type { ArchivedRecords, RecordPath } from "../record/index.ts";
import { eachLine } from "./each-line.ts";

const TWO_DAYS_MS = 2 * 86_400_000;

/** The months in whose folders lines of these instants may lie, whatever clock on the wall chose the day. */
function monthsOf(instants: readonly number[]): Set<string> {
  const days = instants.flatMap((instant) => [instant - TWO_DAYS_MS, instant + TWO_DAYS_MS]);
  return new Set(days.map((instant) => formatTimestamp(instant).slice(0, "2026-01".length)));
}

/**
 * Visits lines that stood in archives: one that moved there stood all the same. Only archives of the months in which
 * calls of these instants may lie are read.
 */
export async function visitArchived(
  earlier: readonly ArchivedRecords[],
  instants: readonly number[],
  visit: (file: RecordPath, text: string) => void,
): Promise<void> {
  const months = monthsOf(instants);
  const asked = {
    isWanted: ({ kind }: RecordPath) => kind === "evidence",
    isMonthWanted: (month: string) => months.has(month),
  };
  for (const archived of earlier) {
    for await (const { file, content } of archived.read(asked))
      await eachLine([content], (text) => visit(file, text));
  }
}
