import { parseTimestamp } from "../../../../vocabulary/timestamp.ts";

/** A text with something in it; null for anything else. */
export function textOf(value: unknown): string | null {
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}

/** The texts of a list, or of one text; what is no text is left away. */
export function textsOf(value: unknown): string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.flatMap((each) => textOf(each) ?? []);
}

/** The own fields of an object that are not in `known` and hold something. */
export function fieldsBeside(
  value: Readonly<Record<string, unknown>>,
  known: ReadonlySet<string>,
): Record<string, unknown> {
  const rest = Object.entries(value).filter(
    ([key, each]) => !known.has(key) && each !== null && each !== undefined && each !== "",
  );
  return Object.fromEntries(rest);
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MINUTE = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})(:\d{2})?$/;

/**
 * A date or time as trackers write it, as RFC 3339; null for what is none. A day ends at its last second, and a time
 * without offset is UTC.
 */
export function timeOf(value: unknown): string | null {
  const text = textOf(value);
  if (text === null) return null;
  const [, day, time, seconds = ":00"] = MINUTE.exec(text) ?? [];
  const written = DAY.test(text)
    ? `${text}T23:59:59Z`
    : day === undefined
      ? text
      : `${day}T${time}${seconds}Z`;
  return parseTimestamp(written) === null ? null : written;
}

const UNIT_MINUTES: Readonly<Record<string, number>> = { m: 1, min: 1, h: 60, d: 480, w: 2400 };

/** Minutes of `90`, `90m`, `1.5h`, `1h 30m`, `2d` (of 8 hours) or `1w` (of 5 days), as trackers count; null for none. */
export function minutesOf(value: unknown): number | null {
  const text = textOf(value)?.toLowerCase() ?? "";
  if (/^\d{1,7}$/.test(text)) return Number(text);
  if (!/^(\d{1,5}(\.\d{1,3})?\s*(min|[mhdw])\s*)+$/.test(text)) return null;
  let minutes = 0;
  for (const [, count, unit = ""] of text.matchAll(/([\d.]+)\s*(min|[mhdw])/g))
    minutes += Number(count) * (UNIT_MINUTES[unit] ?? 0);
  return Math.round(minutes);
}
