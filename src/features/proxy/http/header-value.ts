const BEFORE = "=?base64?";
const AFTER = "?=";

/**
 * A text as the value of a header `Mcp-…` (SEP-2243): as it is where every byte of it can stand in a header, else as
 * base64 of its UTF-8 between marks.
 */
export function toHeaderValue(text: string): string {
  const isPlain = /^[\t\x20-\x7e]+$/.test(text) && text === text.trim();
  const isMarked = text.startsWith(BEFORE) && text.endsWith(AFTER);
  return isPlain && !isMarked ? text : `${BEFORE}${Buffer.from(text).toString("base64")}${AFTER}`;
}

/** The text that a header `Mcp-…` stands for. */
export function fromHeaderValue(value: string): string {
  if (!value.startsWith(BEFORE) || !value.endsWith(AFTER)) return value;
  return Buffer.from(value.slice(BEFORE.length, -AFTER.length), "base64").toString();
}
