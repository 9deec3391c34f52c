import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scrapeTotals } from "./scrape-totals.ts";

describe("scrapeTotals", () => {
  it.each([
    ["4992 passed", 4992, 4992, 0, 0],
    ["\u001b[1m Tests \u001b[22m \u001b[32m4,990 passed\u001b[39m | 2 skipped (4992)", 4992, 4990, 0, 2],
    ["Tests:       1 failed, 2 skipped, 3 todo, 10 passed, 16 total", 16, 10, 1, 3],
    ["=== 3 passed, 1 failed, 1 skipped in 0.12s ===", 5, 3, 1, 1],
    ["  10 passing (3s)\n  2 pending\n  1 failing", 13, 10, 1, 2],
    ["# tests 5\n# pass 4\n# fail 1\n# skipped 0", 5, 4, 1, 0],
  ])("%j", (text, exist, passed, failed, skipped) => {
    expect(scrapeTotals(text)).toEqual({ exist, passed, failed, skipped, source: "claimed" });
  });

  it.each(["", "all passed", "passed 3", "3 failed", "99999999999999999999 passed"])(
    "finds none in %j",
    (text) => {
      expect(scrapeTotals(text)).toBeNull();
    },
  );

  it("never says more than claimed", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect([undefined, "claimed"]).toContain(scrapeTotals(text)?.source);
      }),
    );
  });
});
