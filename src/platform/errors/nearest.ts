import { closest, distance } from "fastest-levenshtein";

/** The known word most like a mistyped one, or null when none is near. */
export function nearestOf(word: string, known: readonly string[]): string | null {
  if (known.length === 0) return null;
  const best = closest(word.slice(0, 100), known);
  return distance(word.slice(0, 100), best) <= Math.max(2, Math.floor(best.length / 2.5)) ? best : null;
}
