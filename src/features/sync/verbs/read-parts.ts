import { createHash, type Hash } from "node:crypto";
import type { SyncedFile } from "../contract.ts";
import { writeUnsent } from "../unsent-line.ts";
import { countLines, wireText } from "./cut-lines.ts";
import { type Piece, type PieceSource, readPieces, sumPrefix, withoutMark } from "./read-pieces.ts";

/** How much of a file is there. */
export type FileState = Pick<SyncedFile, "bytes" | "lines" | "sum">;

/** Lines of a file as they travel, and what there is of the file when they have arrived. */
export interface Part {
  after: FileState;
  to: FileState;
  /** Lines, each with its newline. */
  text: string;
}

const NEWLINE = 10;
const RETURN = 13;

/** The length of the line end that an earlier last line without one was given since; null when it was gone on with. */
function lineEnd(read: PieceSource["read"], offset: number): number | null {
  if (offset === 0) return 0;
  const around = Buffer.alloc(3);
  const length = read(around, offset - 1);
  if (around[0] === NEWLINE || length < 2) return 0;
  if (around[1] === NEWLINE) return 1;
  return around[1] === RETURN && around[2] === NEWLINE ? 2 : null;
}

function partOf(piece: Piece, offset: number, after: FileState, sum: Hash): Part {
  const text =
    piece.lines === null
      ? `${writeUnsent(piece.long ?? "", "too-long")}\n`
      : wireText(withoutMark(piece.lines, offset));
  const lines = piece.lines === null ? 1 : countLines(piece.lines);
  const to = { bytes: piece.end, lines: after.lines + lines, sum: sum.copy().digest("hex") };
  return { after, to, text };
}

/**
 * What a file holds behind what there is of it; null when its beginning is not that any more.
 * @param state what there is of it
 */
export function readParts(read: PieceSource["read"], state: FileState): Iterable<Part> | null {
  const source = { read, sum: createHash("sha256") };
  const isThere = sumPrefix(source, state.bytes);
  if (!isThere || source.sum.copy().digest("hex") !== state.sum) return null;
  const end = lineEnd(read, state.bytes);
  if (end === null) return null;
  return partsFrom(source, state, end);
}

function* partsFrom(source: PieceSource, state: FileState, end: number): Generator<Part> {
  let after = state;
  let offset = state.bytes + end;
  const closing = Buffer.alloc(end);
  source.read(closing, state.bytes);
  source.sum.update(closing);
  for (const piece of readPieces(source, offset)) {
    const part = partOf(piece, offset, after, source.sum);
    yield part;
    after = part.to;
    offset = piece.end;
  }
}
