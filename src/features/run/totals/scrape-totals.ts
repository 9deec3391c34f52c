import type { Totals } from "./totals.ts";

const ESCAPES = /\u001b\[[\d;?]*[A-Za-z]/g;
const WORDS = {
  passed: /\b(\d[\d,]*) (?:tests? )?(?:passed|passing)\b/g,
  failed: /\b(\d[\d,]*) (?:tests? )?(?:failed|failing)\b/g,
  skipped: /\b(\d[\d,]*) (?:tests? )?(?:skipped|pending|todo)\b/g,
  exist: /\b(\d[\d,]*) total\b/g,
};
/** As Node's reporters write them: `# pass 3`, `ℹ pass 3`. */
const LABELS = {
  passed: /^[#ℹ] pass (\d+)$/gm,
  failed: /^[#ℹ] fail (\d+)$/gm,
  skipped: /^[#ℹ] skipped (\d+)$/gm,
  exist: /^[#ℹ] tests (\d+)$/gm,
};

function last(text: string, pattern: RegExp): number | null {
  const digits = [...text.matchAll(pattern)].at(-1)?.[1]?.replaceAll(",", "");
  const count = digits === undefined ? Number.NaN : Number(digits);
  return Number.isSafeInteger(count) ? count : null;
}

/**
 * Totals as the end of the output words them. Any program can print such words, so these are `claimed`. Null when
 * nothing says how many passed.
 */
export function scrapeTotals(output: string): Totals | null {
  const text = output.replaceAll(ESCAPES, "");
  const patterns = LABELS.passed.test(text) ? LABELS : WORDS;
  LABELS.passed.lastIndex = 0;
  const of = (key: keyof typeof WORDS) => last(text, patterns[key]);
  const [passed, failed, skipped] = [of("passed"), of("failed") ?? 0, of("skipped") ?? 0];
  if (passed === null) return null;
  return { exist: of("exist") ?? passed + failed + skipped, passed, failed, skipped, source: "claimed" };
}
