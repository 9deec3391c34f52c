import { z } from "zod";
import { parseTimestamp } from "../../vocabulary/timestamp.ts";

/** PostgreSQL keeps no NUL in text, and a lone surrogate is no Unicode. */
const isStorable = (value: string): boolean => !/[\0\p{Cs}]/u.test(value);
const SAYS_STORABLE = "holds a NUL or half a character";

/** Text of 1 to `max` characters. */
export function text(max: number): z.ZodString {
  return z.string().min(1).max(max).refine(isStorable, SAYS_STORABLE);
}

const NAME = /^[^\p{C}\p{Z}/\\]([^\p{C}\p{Zl}\p{Zp}/\\]*[^\p{C}\p{Z}/\\])?$/u;

/** A name of a thing: one line of at most `max` characters, without slashes, blanks at its ends or unseen characters. */
export function name(max = 128): z.ZodString {
  return z.string().min(1).max(max).regex(NAME, "is one line without slashes and control characters");
}

/** RFC 3339 with offset → milliseconds since 1970 (UTC). */
export const instant = z
  .string()
  .max(64)
  .refine(
    (value) => parseTimestamp(value) !== null,
    "is an RFC 3339 time with offset, such as 2026-01-31T09:30:00Z",
  )
  .meta({ format: "date-time" });

function isStorableJson(value: unknown): boolean {
  const written = JSON.stringify(value) ?? "";
  // JSON.stringify escapes NUL and lone surrogates, which jsonb refuses.
  return !/\\u0000|\\ud[89a-f]/i.test(written.replaceAll("\\\\", ""));
}

/** Any JSON object of at most `maxBytes` bytes. */
export function json(maxBytes: number) {
  return z
    .record(z.string(), z.unknown())
    .refine((value) => JSON.stringify(value).length <= maxBytes, `is over ${maxBytes} bytes`)
    .refine(isStorableJson, SAYS_STORABLE);
}
