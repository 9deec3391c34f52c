import { isUtf8 } from "node:buffer";
import type { ImportNotes } from "./import-notes.ts";
import type { SourceFile } from "./source-task.ts";

const NEWLINE = 10;

/** The line on which the bytes stop being UTF-8; no character of several bytes holds a line end. */
function firstBrokenLine(content: Buffer): number {
  let line = 0;
  for (let from = 0; from < content.length; line += 1) {
    const end = content.indexOf(NEWLINE, from);
    const until = end < 0 ? content.length : end;
    if (!isUtf8(content.subarray(from, until))) return line + 1;
    from = until + 1;
  }
  return Math.max(1, line);
}

/** The text of a file in UTF-8, or in the UTF-16 that spreadsheets write; null, and noted, when it is neither. */
export function decodeSource({ name, content }: SourceFile, notes: ImportNotes): string | null {
  if (content[0] === 0xff && content[1] === 0xfe) return new TextDecoder("utf-16le").decode(content);
  if (content[0] === 0xfe && content[1] === 0xff) return new TextDecoder("utf-16be").decode(content);
  if (isUtf8(content)) return content.toString("utf8").replace(/^\uFEFF/, "");
  notes.leftOut({ file: name, line: firstBrokenLine(content) }, "the file is not UTF-8");
  return null;
}
