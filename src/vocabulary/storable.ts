import { parseTimestamp } from "./timestamp.ts";

/** Years that PostgreSQL's calendar and everybody's have in common. */
const EARLIEST = parseTimestamp("1970-01-01T00:00:00Z") ?? 0;
const LATEST = parseTimestamp("2199-12-31T23:59:59Z") ?? 0;

/** The beginning of a text as PostgreSQL keeps it: it takes no NUL and no half of a character. */
export function storable(text: string, max: number): string {
  const cut = text.length > max ? text.slice(0, max) : text;
  // Halves of characters are found as such only by the slower way, which most texts need not go.
  return /[\0\ud800-\udfff]/.test(cut) ? cut.replaceAll(/[\0\p{Cs}]/gu, "\uFFFD") : cut;
}

/** An instant (milliseconds since 1970), or the nearest that every calendar has. */
export function storableInstant(instant: number): number {
  return Math.min(Math.max(instant, EARLIEST), LATEST);
}
