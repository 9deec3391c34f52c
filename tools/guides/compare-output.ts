/** What differs from run to run, and from version to version. */
const CHANGING: readonly (readonly [RegExp, string])[] = [
  // Commits of one second span nothing.
  [/; the work spans .*$/g, ""],
  [/\b\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<time>"],
  [/\b\d{4}-\d\d-\d\d\b/g, "<date>"],
  // A short id may hold letters alone, so it is known by the word before it.
  [/\b(commit|against|rules of) [0-9a-f]{7,64}\b/g, "$1 <commit>"],
  [/\b(?=[0-9a-f]*\d)[0-9a-f]{7,64}\b/g, "<commit>"],
  [/\b\d+ (s|min|h)\b( \d+ (s|min))?/g, "<duration>"],
  [/\b\d+(\.\d+)? [MK]B\b/g, "<size>"],
  [/\b\d+ files\b/g, "<count> files"],
  [/\bversion \d+\.\d+\.\d+|\b0\.\d+\.\d+\b/g, "<version>"],
];

function settled(line: string): string {
  return CHANGING.reduce((text, [pattern, word]) => text.replaceAll(pattern, word), line).trimEnd();
}

/**
 * Does what came back look as the guide shows it? Commits, dates and sizes may differ, and a line `…` stands for any
 * number of lines.
 */
export function isShown(shown: readonly string[], came: readonly string[]): boolean {
  const [first, ...rest] = shown;
  if (first === undefined) return came.length === 0;
  if (first === "…") return came.some((_, index) => isShown(rest, came.slice(index))) || rest.length === 0;
  const [next, ...others] = came;
  return next !== undefined && settled(next) === settled(first) && isShown(rest, others);
}
