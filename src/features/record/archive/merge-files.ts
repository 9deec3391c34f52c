import { linesOf } from "../lines-of.ts";
import type { PackedFile } from "./pack-archive.ts";

const NEWLINE = 10;
const BOM = Buffer.from("\u{feff}");

function startsWith(lines: readonly string[], start: readonly string[]): boolean {
  return start.length <= lines.length && start.every((line, index) => lines[index] === line);
}

/**
 * What an archive holds of a file that it held already and that stands in the tree again: with more lines (a branch
 * brought it back), with new ones alone (it was begun anew), or as it was (an archiving was interrupted).
 */
export function joinContents(archived: Buffer, own: Buffer): Buffer {
  const [before, after] = [linesOf(archived), linesOf(own)];
  const isHeld =
    startsWith(before, after) ||
    (after.length <= before.length && startsWith(before.slice(-after.length), after));
  if (isHeld) return archived;
  if (startsWith(after, before)) return own;
  const gap = archived.length > 0 && archived.at(-1) !== NEWLINE ? [Buffer.from("\n")] : [];
  const mark = own.subarray(0, 3).equals(BOM) ? BOM.length : 0;
  return Buffer.concat([archived, ...gap, own.subarray(mark)]);
}

/** Both sources in the order of their paths, as each of them is; a file of both is joined. Holds two at a time. */
export async function* mergeFiles(
  archived: AsyncIterable<PackedFile>,
  own: AsyncIterable<PackedFile>,
): AsyncGenerator<PackedFile> {
  const [left, right] = [archived[Symbol.asyncIterator](), own[Symbol.asyncIterator]()];
  try {
    let [a, b] = [await left.next(), await right.next()];
    while (!a.done || !b.done) {
      if (!a.done && !b.done && a.value.path === b.value.path) {
        yield { path: a.value.path, content: joinContents(a.value.content, b.value.content) };
        [a, b] = [await left.next(), await right.next()];
      } else if (!a.done && (b.done || a.value.path < b.value.path)) {
        yield a.value;
        a = await left.next();
      } else if (!b.done) {
        yield b.value;
        b = await right.next();
      }
    }
  } finally {
    await left.return?.();
    await right.return?.();
  }
}
