import { countSums } from "./sums.ts";

/**
 * Which of equal lines each line is: 1 for the first in its file.
 * @param sums of the lines, in order
 * @param before sum → how often it stands in the file before them
 */
export function nameOccurrences(sums: readonly string[], before: ReadonlyMap<string, number>): number[] {
  const counts = new Map<string, number>();
  return sums.map((sum) => {
    const next = (counts.get(sum) ?? before.get(sum) ?? 0) + 1;
    counts.set(sum, next);
    return next;
  });
}

/**
 * The lines that no checkout holds any more, when one of them keeps only the beginning of a file.
 * @param kept sums of the lines that it keeps
 * @param left sums of those behind them
 * @param others for each other checkout, the sums that it holds of the file
 */
export function linesGone(
  kept: readonly string[],
  left: readonly string[],
  others: readonly (readonly string[])[],
): { sum: string; occurrence: number }[] {
  const before = countSums(kept);
  const elsewhere = others.map(countSums);
  const occurrences = nameOccurrences(left, before);
  return left.flatMap((sum, index) => {
    const occurrence = occurrences[index] ?? 1;
    const isHeld = elsewhere.some((counts) => (counts.get(sum) ?? 0) >= occurrence);
    return isHeld ? [] : [{ sum, occurrence }];
  });
}
