import { isUtf8 } from "node:buffer";
import type { Entry } from "../manifest.ts";
import type { PlannedFile } from "./planned-file.ts";

/** A text that init adds to a file of somebody else. */
export interface Addition {
  path: string;
  says: string;
  /** Without the last line end; null when nothing is missing. */
  block: string | null;
  /** Where it goes, as an offset into the text without it; the end unless given. */
  placeIn?: (text: string) => number;
  /** Put it there anew, though it stands somewhere: what came after it has taken it back. */
  isMoved?: boolean;
}

/** Bytes that are no UTF-8 stay what they are, one character each. */
function encodingOf(content: Buffer): BufferEncoding {
  return isUtf8(content) ? "utf8" : "latin1";
}

function withLineEnds(text: string, like: string): string {
  return like.includes("\r\n") ? text.replaceAll(/\r?\n/g, "\r\n") : text;
}

/** Where an added text stands; also when a checkout gave it other line ends. Null when it is not there as it was. */
export function findAddition(text: string, added: string): { start: number; end: number } | null {
  for (const form of [added, added.replaceAll(/\r?\n/g, "\r\n"), added.replaceAll("\r\n", "\n")]) {
    const start = text.lastIndexOf(form);
    if (start >= 0) return { start, end: start + form.length };
  }
  return null;
}

/** The text without what was added to it. */
export function withoutAddition(text: string, entry: Entry | undefined): string {
  const at = entry && "added" in entry ? findAddition(text, entry.added) : null;
  return at === null ? text : text.slice(0, at.start) + text.slice(at.end);
}

/** At the end a blank line sets the block off; elsewhere it stands between lines. */
function frame(block: string, base: string, offset: number): string {
  if (offset < base.length || base === "") return `${block}\n`;
  return base.endsWith("\n") ? `\n${block}\n` : `\n\n${block}\n`;
}

/** Decides what becomes of a file that is somebody else's and takes a few lines of init. */
export function settleAddition(
  addition: Addition,
  current: Buffer | null,
  entry: Entry | undefined,
): PlannedFile {
  const { path, says, block } = addition;
  const encoding = encodingOf(current ?? Buffer.alloc(0));
  const text = current?.toString(encoding) ?? "";
  const own = entry && "added" in entry ? entry : undefined;
  const planned = { path, says, before: current, isExecutable: false, isTool: false };
  const stands = own !== undefined && findAddition(text, own.added) !== null;
  const isCurrent =
    stands &&
    block !== null &&
    !addition.isMoved &&
    own.added.replaceAll("\r\n", "\n").trim() === block.trim();
  if (block === null || isCurrent)
    return { ...planned, action: "fine", after: current, entry: stands ? own : null };
  const base = withoutAddition(text, own);
  const offset = addition.placeIn?.(base) ?? base.length;
  const added = withLineEnds(frame(block, base, offset), base);
  const after = Buffer.from(base.slice(0, offset) + added + base.slice(offset), encoding);
  const created = current === null || own?.created;
  return {
    ...planned,
    action: current === null ? "create" : "change",
    after,
    entry: created ? { added, created: true } : { added },
  };
}
