import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { weekOf, weeksBetween } from "./weeks.ts";

const DAY = 86_400_000;

describe("weekOf", () => {
  it.each([
    ["2026-01-05T00:00:00Z", "2026-01-05"],
    ["2026-01-11T23:59:59Z", "2026-01-05"],
    ["2026-01-01T12:00:00Z", "2025-12-29"],
    ["1969-12-31T00:00:00Z", "1969-12-29"],
  ])("puts %s into the week of Monday %s", (instant, week) => {
    expect(weekOf(Date.parse(instant))).toBe(week);
  });
});

describe("weeksBetween", () => {
  it("names every week from the first instant to the last, each once", () => {
    const instant = fc.integer({ min: 0, max: 3_000 * DAY });
    fc.assert(
      fc.property(instant, fc.nat(400 * DAY), (first, length) => {
        const weeks = weeksBetween(first, first + length);
        expect([weeks[0], weeks.at(-1)]).toEqual([weekOf(first), weekOf(first + length)]);
        for (const [index, week] of weeks.slice(1).entries())
          expect(Date.parse(week) - Date.parse(weeks[index] ?? "")).toBe(7 * DAY);
      }),
    );
  });
});
