import { isUtf8 } from "node:buffer";
import { isUtf16 } from "./decode-source.ts";
import { mayJoin } from "./may-join.ts";
import { revealText } from "./reveal-text.ts";
import type { Needle } from "./spellings.ts";

/** A backslash before the first bytes of a line separator: only decoded can it be seen to continue a line. */
const MAY_CONTINUE = "\\\u00e2\u0080";

/**
 * Is it certain that no needle stands in this content? Asked of images, archives and the like, in which the search
 * finds the odd escape: decoding them takes far longer than looking at their bytes. Needles are ASCII.
 */
export function isRuledOut(content: Buffer, needles: readonly Needle[]): boolean {
  if (isUtf8(content) || isUtf16(content)) return false;
  const bytes = content.toString("latin1");
  if (bytes.includes(MAY_CONTINUE)) return false;
  const revealed = revealText(bytes);
  return needles.every(({ text, anyCase }) => {
    if (anyCase !== undefined) return !revealed.toLowerCase().includes(text);
    return isAscii(text) && !bytes.includes(text) && !revealed.includes(text) && !mayJoin(revealed, text);
  });
}

function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}
