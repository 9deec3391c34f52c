import { isUtf8 } from "node:buffer";
import { isUtf16 } from "./decode-source.ts";
import { MIN_JOINED, mayJoin } from "./may-join.ts";
import { revealParts } from "./reveal-text.ts";
import type { Needle } from "./spellings.ts";

/** A backslash before the first bytes of a line separator: only decoded can it be seen to continue a line. */
const MAY_CONTINUE = "\\\u00e2\u0080";

/** The same as `text.toLowerCase().includes(name)`, which takes megabytes to be copied, and more to be freed. */
function includesAnyCase(text: string, name: string): boolean {
  const escaped = name.replace(/[^\w/-]/g, "\\$&");
  if (new RegExp(escaped, "i").test(text)) return true;
  // Some letters of other scripts are small ASCII letters in lower case, which the flag does not say.
  return /[^\0-\xff]/.test(text) && text.toLowerCase().includes(name);
}

/** May the name stand in one of these texts, whole or in pieces? Each way has one of its halves in one of them. */
function mayHold(parts: readonly string[], name: string): boolean {
  if (name.length < MIN_JOINED) return parts.some((part) => part.includes(name));
  const half = Math.ceil(name.length / 2);
  const [first, last] = [name.slice(0, half), name.slice(-half)];
  if (!parts.some((part) => part.includes(first) || part.includes(last))) return false;
  const revealed = parts.join("\n");
  return revealed.includes(name) || mayJoin(revealed, name);
}

/**
 * Is it certain that no needle stands in this content? Asked of images, archives and the like, in which the search
 * finds the odd escape: decoding them takes far longer than looking at their bytes. Needles are ASCII.
 */
export function isRuledOut(content: Buffer, needles: readonly Needle[]): boolean {
  if (isUtf8(content) || isUtf16(content)) return false;
  const bytes = content.toString("latin1");
  if (bytes.includes(MAY_CONTINUE)) return false;
  const [plain, joined] = revealParts(bytes);
  // Not put together in one text, which would be copied whole for each look.
  const parts = joined === plain ? [plain] : [plain, joined];
  return needles.every(({ text, anyCase }) => {
    if (anyCase !== undefined) return !parts.some((part) => includesAnyCase(part, text));
    return isAscii(text) && !bytes.includes(text) && !mayHold(parts, text);
  });
}

function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}
