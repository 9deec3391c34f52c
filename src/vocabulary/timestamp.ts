const DAY_MS = 86_400_000;
/** Local clocks run from UTC-12 to UTC+14 (IANA time zone database), so an instant falls on up to three dates. */
const WEST_MS = 12 * 3_600_000;
const EAST_MS = 14 * 3_600_000;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The number that `count` digits make, or -1 when something else stands among them. */
function digits(text: string, from: number, count: number): number {
  let value = 0;
  for (let index = from; index < from + count; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** Two digits: most of a timestamp is pairs, and a loop costs as much as all the rest. */
function pair(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

/** Days since 1970-01-01 of a day of the Gregorian calendar, counted in years that begin in March. */
function daysSince1970(year: number, month: number, day: number): number {
  const years = month > 2 ? year : year - 1;
  const months = month > 2 ? month - 3 : month + 9;
  const century = Math.floor(years / 100);
  const leaps = Math.floor(years / 4) - century + Math.floor(century / 4);
  return years * 365 + leaps + Math.floor((153 * months + 2) / 5) + day - 1 - 719_468;
}

function isDate(year: number, month: number, day: number): boolean {
  if (year < 0 || month < 1 || month > 12 || day < 1) return false;
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (MONTH_DAYS[month - 1] ?? 0) + (leap ? 1 : 0);
}

function offsetMinutes(text: string, at: number): number {
  const sign = text.charCodeAt(at);
  if ((sign === 90 || sign === 122) && text.length === at + 1) return 0;
  if ((sign !== 43 && sign !== 45) || text.length !== at + 6 || text.charCodeAt(at + 3) !== 58)
    return Number.NaN;
  const hours = pair(text, at + 1);
  const minutes = pair(text, at + 4);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return Number.NaN;
  return sign === 43 ? hours * 60 + minutes : -(hours * 60 + minutes);
}

/**
 * Milliseconds since 1970 of an RFC 3339 date-time with offset (fractions allowed, `t`/`z`/space accepted
 * as §5.6 permits, leap second :60 read as the next second); null when it is none. By hand, since `Date`
 * accepts month-less and offset-less text and is five times slower on a million lines.
 */
export function parseTimestamp(text: string): number | null {
  const separator = text.charCodeAt(10);
  if (separator !== 84 && separator !== 116 && separator !== 32) return null;
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return null;
  if (text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return null;
  const year = digits(text, 0, 4);
  const month = pair(text, 5);
  const day = pair(text, 8);
  const hour = pair(text, 11);
  const minute = pair(text, 14);
  const second = pair(text, 17);
  if (!isDate(year, month, day) || hour < 0 || hour > 23 || minute < 0 || minute > 59) return null;
  if (second < 0 || second > 60) return null;
  let at = 19;
  let fraction = 0;
  if (text.charCodeAt(at) === 46) {
    let scale = 100;
    const start = at + 1;
    // Digits after the third count for nothing: added up, a long row of nines would round to a whole second.
    for (at = start; ; at += 1) {
      const digit = text.charCodeAt(at) - 48;
      if (!(digit >= 0 && digit <= 9)) break;
      fraction += digit * scale;
      scale = Math.floor(scale / 10);
    }
    if (at === start) return null;
  }
  const offset = offsetMinutes(text, at);
  if (Number.isNaN(offset)) return null;
  const minutes = daysSince1970(year, month, day) * 1_440 + hour * 60 + minute - offset;
  return (minutes * 60 + second) * 1_000 + fraction;
}

/** `YYYY-MM-DD` of a real calendar day? */
export function isCalendarDate(text: string): boolean {
  if (text.length !== 10 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return false;
  return isDate(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2));
}

/** The instants, from `from` to before `until`, that some time zone on Earth puts on this `YYYY-MM-DD`. */
export function instantsOfDate(date: string): { from: number; until: number } {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  return { from: midnight - EAST_MS, until: midnight + DAY_MS + WEST_MS };
}

/** Can some time zone on Earth put this instant on this `YYYY-MM-DD`? */
export function fallsOnDate(instant: number, date: string): boolean {
  const { from, until } = instantsOfDate(date);
  return instant >= from && instant < until;
}

/** `2026-01-31T09:30:00Z`: an instant in UTC, to the second. */
export function formatTimestamp(instant: number): string {
  return new Date(instant).toISOString().replace(/\.\d{3}Z$/, "Z");
}
