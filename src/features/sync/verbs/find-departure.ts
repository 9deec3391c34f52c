import { createHash, hash } from "node:crypto";
import { SUM_BYTES } from "../sums.ts";
import { bareLine, linesIn } from "./cut-lines.ts";
import { type Piece, type PieceSource, readPieces, sumPrefix, withoutMark } from "./read-pieces.ts";

/** How far a file is still what was brought of it. */
export interface Departure {
  /** The beginning that both have in common. Sums are SHA-256, hexadecimal. */
  keep: { lines: number; bytes: number; sum: string };
  /** The file as it is. */
  now: { lines: number; sum: string };
}

/** Each line of a piece: its sum, and where it ends in the file. */
function* sumLines(piece: Piece): Generator<{ sum: Buffer; end: number }> {
  if (piece.lines === null) {
    yield { sum: Buffer.from(piece.long ?? "", "hex"), end: piece.end };
    return;
  }
  let at = piece.end - piece.lines.length;
  for (const line of linesIn(piece.lines)) {
    const sum = hash("sha256", bareLine(withoutMark(line, at)), "buffer");
    at = Math.min(at + line.length + 1, piece.end);
    yield { sum, end: at };
  }
}

/**
 * Compares a file with the sums of the lines that were brought, line by line.
 * @param sums 32 bytes a line
 */
export function findDeparture(read: PieceSource["read"], sums: Buffer): Departure {
  const whole = createHash("sha256");
  const keep = { lines: 0, bytes: 0 };
  let lines = 0;
  for (const piece of readPieces({ read, sum: whole }, 0)) {
    for (const { sum, end } of sumLines(piece)) {
      const held = sums.subarray(lines * SUM_BYTES, (lines + 1) * SUM_BYTES);
      if (keep.lines === lines && held.equals(sum)) {
        keep.lines += 1;
        keep.bytes = end;
      }
      lines += 1;
    }
  }
  const kept = createHash("sha256");
  sumPrefix({ read, sum: kept }, keep.bytes);
  return {
    keep: { ...keep, sum: kept.digest("hex") },
    now: { lines, sum: whole.digest("hex") },
  };
}
