import { isAscii } from "node:buffer";

const SAMPLE = 4_096;

/** UTF-16 without a mark: among the first bytes, half are zero, all on one side. */
function guessUtf16(bytes: Buffer): "le" | "be" | null {
  const end = Math.min(bytes.length, SAMPLE) & ~1;
  // Hardly any text has a zero, and to look for one is quick.
  if (!bytes.subarray(0, end).includes(0)) return null;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < end; at += 2) {
    if (bytes[at] === 0) even += 1;
    if (bytes[at + 1] === 0) odd += 1;
  }
  const many = end / 2 - (end >> 4);
  if (end < 8) return null;
  if (odd >= many && even === 0) return "le";
  return even >= many && odd === 0 ? "be" : null;
}

function decodeUtf16(bytes: Buffer, order: "le" | "be"): string {
  const even = bytes.subarray(0, bytes.length & ~1);
  return (order === "le" ? even : Buffer.from(even).swap16()).toString("utf16le");
}

/** The order of its bytes when a text is UTF-16, by its mark or by its zeros. */
function utf16Order(bytes: Buffer): "le" | "be" | null {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return "le";
  if (first === 0xfe && second === 0xff) return "be";
  return guessUtf16(bytes);
}

export function isUtf16(bytes: Buffer): boolean {
  return utf16Order(bytes) !== null;
}

/** Plain ASCII, as most code is, is the same in latin-1, which needs no decoding. */
function decodeUtf8(bytes: Buffer): string {
  return bytes.toString(isAscii(bytes) ? "latin1" : "utf8");
}

/** Text of a source file: UTF-8, or UTF-16 in either order; without the byte order mark. */
export function decodeSource(bytes: Buffer): string {
  const order = utf16Order(bytes);
  const text = order === null ? decodeUtf8(bytes) : decodeUtf16(bytes, order);
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}
