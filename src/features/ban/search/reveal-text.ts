const ESCAPE =
  /\\(?:x([0-9a-fA-F]{2})|u\{([0-9a-fA-F]{1,64})\}|u([0-9a-fA-F]{4})|([0-3]?[0-7]{1,2})|(\r\n|[\n\r\u2028\u2029])|([\s\S]))/gu;
const BLANKS = "[\\s()]{0,64}";
/** Only what can stand between two literals that are joined: blanks, brackets and a comment, each bounded. */
const BETWEEN = `${BLANKS}(?:(?:\\/\\*(?:[^*]|\\*(?!\\/)){0,80}\\*\\/|\\/\\/[^\\n]{0,80}\\n)${BLANKS})?`;
const QUOTE = "[\"'`]";
const JOINT = new RegExp(
  `${QUOTE}${BETWEEN}\\+${BETWEEN}${QUOTE}|\\$\\{${BETWEEN}${QUOTE}|${QUOTE}${BETWEEN}\\}`,
  "g",
);
const CONTROLS: Record<string, string> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };
const MAX_CODE_POINT = 0x10ffff;

function characterOf(code: number): string {
  return code <= MAX_CODE_POINT ? String.fromCodePoint(code) : "";
}

/** Reads every escape in the text, in and out of literals. What stands in any literal stands in the answer. */
export function unescapeText(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(ESCAPE, (_, x, braced, u, octal, newline, other) => {
    const hexadecimal = x ?? braced ?? u;
    if (hexadecimal !== undefined) return characterOf(Number.parseInt(hexadecimal, 16));
    if (octal !== undefined) return characterOf(Number.parseInt(octal, 8));
    return newline === undefined ? (CONTROLS[other] ?? other) : "";
  });
}

/** The text without escapes, and that once more with joined literals made one; the same text twice where none are. */
export function revealParts(text: string): [plain: string, joined: string] {
  const plain = unescapeText(text);
  return [plain, plain.replace(JOINT, "")];
}

/**
 * The text without escapes, and once more with joined literals made one: whatever a literal, or literals joined
 * with `+` or in a template, can name stands somewhere in it.
 */
export function revealText(text: string): string {
  const [plain, joined] = revealParts(text);
  return joined === plain ? plain : `${plain}\n${joined}`;
}
