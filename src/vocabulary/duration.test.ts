import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDuration, parseDuration } from "./duration.ts";

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

describe("parseDuration", () => {
  it("adds up its parts", () => {
    const part = fc.tuple(fc.integer({ min: 1, max: 999_999 }), fc.constantFrom("s", "m", "h", "d"));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
        const total = parts.reduce((sum, [count, unit]) => sum + count * UNITS[unit], 0);
        expect(parseDuration(parts.map(([count, unit]) => `${count}${unit}`).join(""))).toBe(total);
      }),
    );
  });

  it.each(["", "15", "m", "15 m", "1.5h", "-2h", "0m", "0h0s", "2H", "2h\n", "１５m", "1234567s"])(
    "refuses %j",
    (text) => {
      expect(parseDuration(text)).toBeNull();
    },
  );
});

describe("formatDuration", () => {
  it.each([
    [0, "0 s"],
    [40_000, "40 s"],
    [59_600, "1 min"],
    [16 * 60_000, "16 min"],
    [15 * 60_000 + 1_000, "15 min 1 s"],
    [45 * 60_000 + 30_000, "45 min"],
    [2 * UNITS.h + 5 * UNITS.m, "2 h 5 min"],
    [47 * UNITS.h, "47 h"],
    [48 * UNITS.h, "2 d"],
    [50 * UNITS.h, "2 d 2 h"],
    [-90_000, "1 min 30 s"],
  ])("says %i ms as %s", (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it("never says more than two units", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), (ms) => {
        expect(formatDuration(ms)).toMatch(/^\d+ (s|min|h|d)( \d+ (s|min|h))?$/);
      }),
    );
  });
});
