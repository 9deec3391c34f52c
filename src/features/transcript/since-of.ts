import { startOfLocalDate } from "../../platform/clock/index.ts";
import { Refusal } from "../../platform/errors/index.ts";
import { parseDuration } from "../../vocabulary/duration.ts";
import { isCalendarDate, parseTimestamp } from "../../vocabulary/timestamp.ts";

/**
 * From when on calls are wanted, in milliseconds since 1970: a date (its local beginning), a time or an age.
 * @throws Refusal USAGE
 */
export function sinceOf(said: string | undefined, now: number): number {
  if (said === undefined) return 0;
  if (isCalendarDate(said)) return startOfLocalDate(said);
  const age = parseDuration(said);
  const instant = age === null ? parseTimestamp(said) : now - age;
  if (instant !== null) return instant;
  throw new Refusal("USAGE", `--since "${said}" is no date, time or age`, {
    hint: "write it like 2026-01-31, 2026-01-31T09:30:00Z or 7d",
  });
}
