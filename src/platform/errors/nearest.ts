import { closest, distance } from "fastest-levenshtein";

/** The known word most like a mistyped one, or null when none is near. */
export function nearestOf(word: string, known: readonly string[]): string | null {
  if (known.length === 0) return null;
  const typed = word.slice(0, 100);
  const sameLetters = known.find((each) => each.toLowerCase() === typed.toLowerCase());
  if (sameLetters !== undefined) return sameLetters;
  const best = closest(typed, known);
  return distance(typed, best) <= Math.max(2, Math.floor(best.length / 2.5)) ? best : null;
}
