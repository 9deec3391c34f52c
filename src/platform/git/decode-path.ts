import { isUtf8 } from "node:buffer";

/** Bytes that are not UTF-8 become U+DC80…U+DCFF, which no UTF-8 text holds: different names stay different. */
const ESCAPE = 0xdc00;

function decodeLossless(bytes: Buffer): string {
  let text = "";
  for (let at = 0; at < bytes.length; ) {
    // The longest character is four bytes; the shortest prefix that is UTF-8 is one character.
    const length = [1, 2, 3, 4].find((count) => isUtf8(bytes.subarray(at, at + count)));
    text +=
      length === undefined
        ? String.fromCharCode(ESCAPE + (bytes[at] ?? 0))
        : bytes.toString("utf8", at, at + length);
    at += length ?? 1;
  }
  return text;
}

/** A path as git gives it, in text. Names that are not UTF-8 are kept apart and can be turned back. */
export function decodePath(bytes: Buffer): string {
  return isUtf8(bytes) ? bytes.toString("utf8") : decodeLossless(bytes);
}

/** Is it UTF-8, so that it may stand in an argument list? */
export function isPlainPath(path: string): boolean {
  // With the u flag only surrogates that stand alone match.
  return !/[\udc80-\udcff]/u.test(path);
}

/** What the file system takes for a path that {@link decodePath} gave. */
export function encodePath(path: string): string | Buffer {
  if (isPlainPath(path)) return path;
  return Buffer.concat(
    [...path].map((character) => {
      const code = character.length === 1 ? character.charCodeAt(0) : 0;
      const escaped = code >= ESCAPE + 0x80 && code <= ESCAPE + 0xff;
      return escaped ? Buffer.from([code - ESCAPE]) : Buffer.from(character);
    }),
  );
}
