import { BUILD_FOLDER } from "../resolve/source-paths.ts";
import type { Needle } from "../search/spellings.ts";
import { BUILT, BUILT_EXPRESSION, DOTS, DOTS_EXPRESSION } from "./needles.ts";

const MAX_SPECIFIER = 1_024;
const INSIDE = `[^"'\`\\n]{0,${MAX_SPECIFIER}}`;
/** Imports in which no name need stand: how git finds them, and how they are found in a text. */
export const NAMELESS = new Map<Needle, { expression: string; inText: RegExp }>([
  [DOTS, { expression: DOTS_EXPRESSION, inText: /["'`]((?:\.\.?\/)*\.\.?\/?)["'`?#]/g }],
  [
    BUILT,
    {
      expression: BUILT_EXPRESSION,
      inText: new RegExp(`["'\`]([.]{1,2}/(?:${INSIDE}/)?${BUILD_FOLDER}(?:/${INSIDE})?)["'\`]`, "g"),
    },
  ],
]);

function isQuote(character: string): boolean {
  return character === '"' || character === "'" || character === "`";
}

/** The literal around a place in a text, null when it is none, and where the stretch without quotes ends. */
function literalAround(text: string, at: number, length: number): { literal: string | null; end: number } {
  let start = at;
  while (start > 0 && at - start < MAX_SPECIFIER && !isQuote(text.charAt(start - 1))) start -= 1;
  let end = at + length;
  while (end < text.length && end - at < MAX_SPECIFIER && !isQuote(text.charAt(end))) end += 1;
  const whole = start > 0 && isQuote(text.charAt(start - 1)) && isQuote(text.charAt(end));
  return { literal: whole ? text.slice(start, end) : null, end };
}

/** All literals of a text in which a needle stands, with the place of the first. */
export function literalsWith(text: string, needles: readonly Needle[]): Map<string, number> {
  const literals = new Map<string, number>();
  for (const needle of needles) {
    const { inText } = NAMELESS.get(needle) ?? {};
    if (inText) {
      for (const match of text.matchAll(inText)) literals.set(match[1] ?? "", match.index);
      continue;
    }
    // What stands before the end of a stretch belongs to the same one, so hostile repetition costs nothing more.
    for (let at = text.indexOf(needle.text); at >= 0; ) {
      const { literal, end } = literalAround(text, at, needle.text.length);
      if (literal !== null && !literals.has(literal)) literals.set(literal, at);
      at = text.indexOf(needle.text, end);
    }
  }
  return literals;
}
