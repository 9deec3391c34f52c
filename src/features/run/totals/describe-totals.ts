import type { Totals } from "./totals.ts";

const NUMBER = new Intl.NumberFormat("en-US");

/** How many tests there are in words, such as `4,992 tests (4,990 passed, 2 skipped) by vitest`. */
export function describeTotals(totals: Totals | null): string {
  if (totals === null) return "no totals";
  const { exist, source } = totals;
  const parts = (["passed", "failed", "skipped"] as const)
    .filter((key) => totals[key] > 0)
    .map((key) => `${NUMBER.format(totals[key])} ${key}`);
  const detail = parts.length > 0 ? ` (${parts.join(", ")})` : "";
  return `${NUMBER.format(exist)} ${exist === 1 ? "test" : "tests"}${detail} ${source === "claimed" ? "claimed" : `by ${source}`}`;
}
