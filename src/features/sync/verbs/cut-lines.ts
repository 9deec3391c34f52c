import { isUtf8 } from "node:buffer";
import { hash } from "node:crypto";
import { MAX_LINE_BYTES } from "../../record/index.ts";
import { writeUnsent } from "../unsent-line.ts";

const NEWLINE = 10;
const RETURN = 13;
const MARK = 1;

/** A line without its end. */
export function bareLine(line: Buffer): Buffer {
  return line.at(-1) === RETURN ? line.subarray(0, -1) : line;
}

/** The lines of bytes, each without its newline; what follows the last newline is a line when there is anything. */
export function* linesIn(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(NEWLINE, at);
    const stop = end < 0 ? bytes.length : end;
    yield bytes.subarray(at, stop);
    at = stop + 1;
  }
}

export function countLines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count += 1;
  return bytes.length > 0 && bytes.at(-1) !== NEWLINE ? count + 1 : count;
}

function wireLine(line: Buffer): string {
  const bare = bareLine(line);
  if (bare.length > MAX_LINE_BYTES) return writeUnsent(hash("sha256", bare, "hex"), "too-long");
  if (!isUtf8(bare) || bare[0] === MARK) return writeUnsent(hash("sha256", bare, "hex"), "not-utf8");
  return bare.toString("utf8");
}

function longest(bytes: Buffer): number {
  let most = 0;
  let at = 0;
  for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, at)) {
    most = Math.max(most, end - at);
    at = end + 1;
  }
  return Math.max(most, bytes.length - at);
}

/** Lines as they travel: as they are, but for those that cannot. Ends with a newline when there is any line. */
export function wireText(bytes: Buffer): string {
  if (bytes.length === 0) return "";
  const isPlain = isUtf8(bytes) && !bytes.includes(MARK) && longest(bytes) <= MAX_LINE_BYTES;
  if (!isPlain) return `${[...linesIn(bytes)].map(wireLine).join("\n")}\n`;
  const text = bytes.toString("utf8");
  return text.endsWith("\n") ? text : `${text}\n`;
}
