import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fallsOnDate, formatTimestamp, isCalendarDate, parseTimestamp } from "./timestamp.ts";

const YEAR_0 = -62_167_219_200_000;
const YEAR_9999_END = 253_402_300_799_999;
const HOUR = 3_600_000;

/** Instants whose local date, in any offset, still has a year of four digits. */
const instants = fc.integer({ min: YEAR_0 + 24 * HOUR, max: YEAR_9999_END - 24 * HOUR });
const offsets = fc.integer({ min: -1_439, max: 1_439 });
const two = (count: number) => String(count).padStart(2, "0");

/** The instant as a clock at this offset shows it. */
function localText(instant: number, offset: number): string {
  const sign = offset < 0 ? "-" : "+";
  const zone = `${sign}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
  return new Date(instant + offset * 60_000).toISOString().replace("Z", zone);
}

describe("parseTimestamp", () => {
  it("reads what toISOString writes, for every year of four digits", () => {
    fc.assert(
      fc.property(fc.integer({ min: YEAR_0, max: YEAR_9999_END }), (instant) => {
        expect(parseTimestamp(new Date(instant).toISOString())).toBe(instant);
      }),
      { numRuns: 1_000 },
    );
  });

  it("reads the same instant in every offset", () => {
    fc.assert(
      fc.property(instants, offsets, (instant, offset) => {
        expect(parseTimestamp(localText(instant, offset))).toBe(instant);
      }),
      { numRuns: 1_000 },
    );
  });

  it("cuts fractions after the millisecond, however long they are", () => {
    fc.assert(
      fc.property(instants, fc.array(fc.nat(9), { maxLength: 40 }), (instant, digits) => {
        const text = new Date(instant).toISOString().replace("Z", `${digits.join("")}Z`);
        expect(parseTimestamp(text)).toBe(instant);
      }),
    );
    expect(parseTimestamp(`2026-01-31T09:30:59.${"9".repeat(40)}Z`)).toBe(
      Date.parse("2026-01-31T09:30:59.999Z"),
    );
  });

  it("agrees with Date on every calendar day, real or not", () => {
    fc.assert(
      fc.property(fc.nat(9_999), fc.nat(99), fc.nat(99), (year, month, day) => {
        const date = `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
        const instant = Date.parse(`${date}T00:00:00Z`);
        const isReal = !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(date);
        expect(parseTimestamp(`${date}T00:00:00Z`)).toBe(isReal ? instant : null);
        expect(isCalendarDate(date)).toBe(isReal);
      }),
      { numRuns: 2_000 },
    );
  });

  it("knows leap years by the century rule", () => {
    expect(["2024-02-29", "2000-02-29"].map(isCalendarDate)).toEqual([true, true]);
    expect(["2023-02-29", "1900-02-29"].map(isCalendarDate)).toEqual([false, false]);
  });

  it("answers null or an instant to any text, never NaN", () => {
    const near = fc.tuple(instants, fc.nat(30), fc.string({ maxLength: 2 })).map(([instant, at, text]) => {
      const iso = new Date(instant).toISOString();
      return iso.slice(0, at) + text + iso.slice(at + 1);
    });
    fc.assert(
      fc.property(fc.oneof(fc.string(), near), (text) => {
        const instant = parseTimestamp(text);
        expect(instant === null || Number.isInteger(instant)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    "2026-01-31t09:30:00z",
    "2026-01-31 09:30:00Z",
    "2026-01-31T09:29:60Z",
    "2026-01-31T03:30:00-06:00",
  ])("accepts %s", (text) => {
    expect(parseTimestamp(text)).toBe(Date.parse("2026-01-31T09:30:00Z"));
  });

  it.each([
    ...[
      "2026-01-31",
      "2026-01-31T09:30:00",
      "2026-01-31T09:30Z",
      "2026-99-31T09:30:00Z",
      "2026-02-30T09:30:00Z",
    ],
    ...["2026-01-31T24:00:00Z", "2026-01-31T09:60:00Z", "2026-01-31T09:30:61Z", "2026-01-31T09:30:00.Z"],
    ...[
      "2026-01-31T09:30:00+0600",
      "2026-01-31T09:30:00+24:00",
      "2026-01-31T09:30:00Z ",
      " 2026-01-31T09:30:00Z",
    ],
    ...["+02026-01-31T09:30:00Z", "2026-01-31T09:30:00,5Z", "２０２６-01-31T09:30:00Z", "yesterday", ""],
  ])("refuses %j", (text) => {
    expect(parseTimestamp(text)).toBeNull();
  });
});

describe("fallsOnDate", () => {
  it("holds for exactly the dates that clocks from UTC-12 to UTC+14 show", () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: -3, max: 3 }), (instant, days) => {
        const dateAt = (hours: number) => new Date(instant + hours * HOUR).toISOString().slice(0, 10);
        const asked = dateAt(days * 24);
        expect(fallsOnDate(instant, asked)).toBe(asked >= dateAt(-12) && asked <= dateAt(14));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("formatTimestamp", () => {
  it("writes to the second what parseTimestamp reads back", () => {
    fc.assert(
      fc.property(fc.integer({ min: YEAR_0, max: YEAR_9999_END }), (instant) => {
        const text = formatTimestamp(instant);
        expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
        expect(parseTimestamp(text)).toBe(Math.floor(instant / 1_000) * 1_000);
      }),
    );
  });

  it("writes whole the instants that an offset moves past the year 9999", () => {
    const instant = parseTimestamp("9999-12-31T23:59:59-01:00");
    expect(formatTimestamp(instant ?? 0)).toBe("+010000-01-01T00:59:59Z");
  });
});
