import { formatTimestamp } from "../../../vocabulary/timestamp.ts";

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** 1970-01-01 was a Thursday; weeks begin on Monday (ISO 8601), in UTC. */
const FROM_MONDAY_MS = 3 * DAY_MS;

/** The Monday, as `YYYY-MM-DD`, of the week in which an instant lies. */
export function weekOf(time: number): string {
  const monday = Math.floor((time + FROM_MONDAY_MS) / WEEK_MS) * WEEK_MS - FROM_MONDAY_MS;
  return formatTimestamp(monday).slice(0, 10);
}

/** Every week from that of the first instant to that of the last, also such in which nothing happened. */
export function weeksBetween(first: number, last: number): string[] {
  const weeks: string[] = [];
  const end = weekOf(last);
  for (let time = first; ; time += WEEK_MS) {
    const week = weekOf(time);
    weeks.push(week);
    if (week >= end) return weeks;
  }
}
