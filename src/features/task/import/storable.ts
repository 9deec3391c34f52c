/** PostgreSQL keeps no NUL in text, and half a character is no Unicode. */
const UNSTORABLE = /[\0\p{Cs}]/gu;

/** The text with `U+FFFD` where a character is that no database keeps. */
export function storableText(text: string): string {
  return text.replace(UNSTORABLE, "\uFFFD");
}

/** The same of every text and name in a JSON value. Only for values whose depth is known to be small. */
export function storableJson(value: unknown): unknown {
  if (typeof value === "string") return storableText(value);
  if (Array.isArray(value)) return value.map(storableJson);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [storableText(key), storableJson(each)]),
  );
}

const children = (value: unknown): unknown[] =>
  typeof value === "object" && value !== null ? Object.values(value) : [];

/** How deep a JSON value is nested; level by level, since a hostile one is deeper than the stack. */
export function depthOf(value: unknown): number {
  let depth = 0;
  for (let level = [value]; level.length > 0; level = level.flatMap(children)) depth += 1;
  return depth;
}
