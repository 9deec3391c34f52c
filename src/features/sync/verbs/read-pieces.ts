import { createHash, type Hash } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { Fault, messageOf, systemCode } from "../../../platform/errors/index.ts";
import { MAX_LINE_BYTES } from "../../record/index.ts";
import { bareLine } from "./cut-lines.ts";

/** Whole lines of a file, or one line that is too long to be held. */
export interface Piece {
  /** Each with its newline, but for the last of a file; null for a line that is too long. */
  lines: Buffer | null;
  /** SHA-256 of a line that is too long. */
  long: string | null;
  /** Where the piece ends in the file, in bytes. */
  end: number;
}

/** Where pieces come from; `sum` has seen every byte up to the end of the last piece. */
export interface PieceSource {
  read(into: Buffer, at: number): number;
  sum: Hash;
}

const BLOCK_BYTES = 2 << 20;
const NEWLINE = 10;
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
const GONE = new Set(["ENOENT", "ENOTDIR", "ELOOP"]);
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/** Runs work on an open file; null when there is none, or a link stands in its place. @throws Fault FILE_FAILED */
export async function withFile<T>(
  path: string,
  work: (read: PieceSource["read"]) => Promise<T> | T,
): Promise<T | null> {
  let file: number;
  try {
    file = openSync(path, FLAGS);
  } catch (cause) {
    if (GONE.has(systemCode(cause) ?? "")) return null;
    throw new Fault("FILE_FAILED", `${path} could not be read: ${messageOf(cause)}`, { cause });
  }
  try {
    if (!fstatSync(file).isFile()) return null;
    return await work((into, at) => readSync(file, into, 0, into.length, at));
  } finally {
    closeSync(file);
  }
}

/** Content that is in memory, as an archive holds it. */
export function readContent(content: Buffer): PieceSource["read"] {
  return (into, at) => content.copy(into, 0, at, at + into.length);
}

/** Hands the first bytes of a file to a sum. @returns whether there were as many */
export function sumPrefix({ read, sum }: PieceSource, bytes: number): boolean {
  const block = Buffer.allocUnsafe(Math.min(BLOCK_BYTES, Math.max(bytes, 1)));
  for (let at = 0; at < bytes; ) {
    const length = read(block.subarray(0, Math.min(block.length, bytes - at)), at);
    if (length === 0) return false;
    sum.update(block.subarray(0, length));
    at += length;
  }
  return true;
}

/** Reads on to the end of a line that is too long. */
function skipLong({ read, sum }: PieceSource, start: number, begun: Buffer): Piece | null {
  const line = createHash("sha256");
  let held = begun;
  let at = start + begun.length;
  sum.update(begun);
  for (;;) {
    // The last byte waits: it may be the return of a line end.
    line.update(held.subarray(0, -1));
    const block = Buffer.allocUnsafe(BLOCK_BYTES);
    const length = read(block, at);
    if (length === 0) return null;
    const end = block.subarray(0, length).indexOf(NEWLINE);
    const part = block.subarray(0, end < 0 ? length : end);
    held = Buffer.concat([held.subarray(-1), part]);
    if (end >= 0) {
      sum.update(block.subarray(0, end + 1));
      line.update(bareLine(held));
      return { lines: null, long: line.digest("hex"), end: at + end + 1 };
    }
    sum.update(part);
    at += length;
  }
}

function isWhole(line: Buffer): boolean {
  try {
    const value: unknown = JSON.parse(line.toString("utf8"));
    return typeof value === "object" && value !== null;
  } catch {
    return false;
  }
}

/**
 * The rest of a file from an offset, which is the beginning of a line. A last line without a newline is handed over when
 * it is whole: what somebody is still writing comes the next time.
 */
export function* readPieces(source: PieceSource, from: number): Generator<Piece> {
  let rest: Buffer = Buffer.alloc(0);
  let at = from;
  for (;;) {
    const block = Buffer.allocUnsafe(BLOCK_BYTES);
    const length = source.read(block, at + rest.length);
    if (length === 0) break;
    const bytes =
      rest.length === 0 ? block.subarray(0, length) : Buffer.concat([rest, block.subarray(0, length)]);
    const cut = bytes.lastIndexOf(NEWLINE) + 1;
    rest = bytes.subarray(cut);
    if (cut > 0) {
      source.sum.update(bytes.subarray(0, cut));
      at += cut;
      yield { lines: bytes.subarray(0, cut), long: null, end: at };
    }
    if (rest.length > MAX_LINE_BYTES + 1) {
      const piece = skipLong(source, at, rest);
      if (piece === null) return;
      rest = Buffer.alloc(0);
      at = piece.end;
      yield piece;
    }
  }
  if (rest.length === 0 || !isWhole(withoutMark(rest, at))) return;
  source.sum.update(rest);
  yield { lines: rest, long: null, end: at + rest.length };
}

/** The bytes of a file's beginning without the mark that some editors put there. */
export function withoutMark(bytes: Buffer, offset: number): Buffer {
  return offset === 0 && bytes.subarray(0, BOM.length).equals(BOM) ? bytes.subarray(BOM.length) : bytes;
}
