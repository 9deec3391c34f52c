import { parseDuration } from "../../../vocabulary/duration.ts";
import { isCalendarDate, parseTimestamp } from "../../../vocabulary/timestamp.ts";

/** Where a look at history begins. */
export type Since =
  /** So many milliseconds before the newest commit; the clock is not asked. */
  | { kind: "span"; ms: number }
  /** Milliseconds since 1970. */
  | { kind: "instant"; time: number }
  | { kind: "revision"; revision: string };

const WEEK_MS = 7 * 86_400_000;

/** `90d`, `12w`, `2026-01-01` (midnight UTC), an RFC 3339 time, or else a revision. */
export function parseSince(text: string): Since {
  const [, weeks] = /^(\d{1,4})w$/.exec(text) ?? [];
  const ms = weeks === undefined ? parseDuration(text) : Number(weeks) * WEEK_MS;
  if (ms !== null && ms > 0) return { kind: "span", ms };
  const time = parseTimestamp(isCalendarDate(text) ? `${text}T00:00:00Z` : text);
  return time === null ? { kind: "revision", revision: text } : { kind: "instant", time };
}
