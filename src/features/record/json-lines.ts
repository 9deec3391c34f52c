import { isAscii, isUtf8 } from "node:buffer";
import { explainBrokenLine } from "./explain-broken-line.ts";

/** Longest line that is parsed, in bytes (contract §1). */
export const MAX_LINE_BYTES = 1 << 20;
/** Larger chunks are cut, so that a long line is noticed before it is held in memory. */
const PIECE_BYTES = 60 * 1024;
/** A pretty-printed object is recognised up to so many lines. */
const PRETTY_LINES = 2_000;
const PRETTY_BYTES = 4 << 20;
/** How often a closing bracket may turn out not to close it: bounds the work on hostile text. */
const PRETTY_TRIES = 3;
const NEWLINE = 10;
const RETURN = 13;

export interface LineProblem {
  kind: "invalid-json" | "line-too-long" | "not-an-object";
  line: number;
  column: number;
  message: string;
}

/** Told of each line, in file order. Lines are counted from 1. `text` is the line without its end. */
export interface LineVisitor {
  object(value: Record<string, unknown>, line: number, text: string): void;
  problem(problem: LineProblem): void;
}

interface Broken {
  line: number;
  texts: string[];
  bytes: number;
  tries: number;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** One that stands alone: the parts of a pretty-printed value are indented, or too short to be an object. */
function isWholeObject(text: string): boolean {
  return text.startsWith("{") && text.endsWith("}") && text.length > 2;
}

/** Only a closing bracket as deep as the opening line can end a pretty-printed value: no quadratic parsing. */
function mayEnd(texts: readonly string[]): boolean {
  const last = texts.at(-1) ?? "";
  if (!/^\s*[}\]]/.test(last)) return false;
  return indentOf(last) <= indentOf(texts[0] ?? "");
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}

/**
 * Reads JSON lines from chunks of bytes. Forgiving about bytes: blank lines, a missing last newline, CRLF and a
 * BOM are accepted. Strict about meaning: one object per line, in UTF-8, at most 1 MiB.
 */
export class JsonLines {
  readonly #visitor: LineVisitor;
  #line = 0;
  #objects = 0;
  #rest: Buffer[] = [];
  #restBytes = 0;
  #tooLong = false;
  #atStart = true;
  /** Unparsable lines that may together be one pretty-printed value. */
  #broken: Broken | null = null;

  constructor(visitor: LineVisitor) {
    this.#visitor = visitor;
  }

  write(chunk: Buffer): void {
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) this.#piece(chunk.subarray(at, at + PIECE_BYTES));
  }

  /** Reads what is left. Returns how many objects there were. */
  end(): { lines: number; objects: number } {
    if (this.#restBytes > 0 || this.#tooLong) this.#endLine(Buffer.alloc(0));
    this.#flushBroken();
    return { lines: this.#line, objects: this.#objects };
  }

  #piece(piece: Buffer): void {
    const last = piece.lastIndexOf(NEWLINE);
    if (last < 0) {
      this.#keep(piece);
      return;
    }
    let from = 0;
    if (this.#restBytes > 0 || this.#tooLong) {
      const first = piece.indexOf(NEWLINE);
      this.#endLine(piece.subarray(0, first));
      from = first + 1;
    }
    if (from <= last) this.#lines(piece.subarray(from, last + 1));
    if (last + 1 < piece.length) this.#keep(piece.subarray(last + 1));
  }

  /** Holds the beginning of a line whose end is not there yet. Copies: the caller may use its buffer again. */
  #keep(bytes: Buffer): void {
    if (this.#tooLong) return;
    this.#restBytes += bytes.length;
    if (this.#restBytes > MAX_LINE_BYTES + 1) {
      this.#tooLong = true;
      this.#rest = [];
      this.#restBytes = 0;
    } else {
      this.#rest.push(Buffer.from(bytes));
    }
  }

  #endLine(tail: Buffer): void {
    const bytes = Buffer.concat([...this.#rest, tail]);
    const tooLong = this.#tooLong || bytes.length - (bytes.at(-1) === RETURN ? 1 : 0) > MAX_LINE_BYTES;
    this.#rest = [];
    this.#restBytes = 0;
    this.#tooLong = false;
    if (tooLong) {
      this.#line += 1;
      this.#flushBroken();
      this.#atStart = false;
      this.#problem("line-too-long", this.#line, 1, "the line is longer than 1 MiB; it was skipped unparsed");
    } else {
      this.#bytes(bytes);
    }
  }

  /** Whole lines, each with its newline. */
  #lines(bytes: Buffer): void {
    // Plain ASCII, as most records are, is the same in latin-1, which needs no decoding.
    const isPlain = isAscii(bytes);
    if (this.#atStart || !(isPlain || isUtf8(bytes))) {
      for (let at = 0; at < bytes.length; ) {
        const end = bytes.indexOf(NEWLINE, at);
        this.#bytes(bytes.subarray(at, end));
        at = end + 1;
      }
      return;
    }
    const text = isPlain ? bytes.toString("latin1") : bytes.toString("utf8");
    for (let at = 0; at < text.length; ) {
      const end = text.indexOf("\n", at);
      const last = text.charCodeAt(end - 1) === RETURN && end > at ? end - 1 : end;
      this.#text(text.slice(at, last));
      at = end + 1;
    }
  }

  #bytes(line: Buffer): void {
    const start = this.#atStart && line[0] === 0xef && line[1] === 0xbb && line[2] === 0xbf ? 3 : 0;
    const end = line.at(-1) === RETURN ? line.length - 1 : line.length;
    this.#atStart = false;
    const bytes = line.subarray(start, Math.max(start, end));
    if (isUtf8(bytes)) {
      this.#text(bytes.toString("utf8"));
    } else {
      this.#line += 1;
      this.#flushBroken();
      this.#problem("invalid-json", this.#line, 1, "the line is not UTF-8");
    }
  }

  #text(text: string): void {
    this.#line += 1;
    if (text.length === 0 || (text.charCodeAt(0) <= 32 && text.trim() === "")) return;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      this.#unparsable(text);
      return;
    }
    // Inside a pretty-printed value a single line may parse; if it is none after all, the flush reads the line.
    if (this.#broken !== null && !isWholeObject(text)) this.#gather(this.#broken, text);
    else {
      if (this.#broken !== null) this.#flushBroken();
      this.#value(value, this.#line, text);
    }
  }

  #value(value: unknown, line: number, text: string): void {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      this.#objects += 1;
      this.#visitor.object(value as Record<string, unknown>, line, text);
    } else {
      const what = value === null ? "null" : Array.isArray(value) ? "a list" : `a ${typeof value}`;
      this.#problem("not-an-object", line, 1, `the line holds ${what}, not an object`);
    }
  }

  #unparsable(text: string): void {
    if (this.#broken === null && !/[{[,]\s*$/.test(text)) {
      this.#explain(this.#line, text);
      return;
    }
    this.#broken ??= { line: this.#line, texts: [], bytes: 0, tries: 0 };
    this.#gather(this.#broken, text);
  }

  #gather(broken: Broken, text: string): void {
    broken.texts.push(text);
    broken.bytes += text.length;
    if (mayEnd(broken.texts)) {
      broken.tries += 1;
      if (isJson(broken.texts.join("\n"))) {
        this.#broken = null;
        const [first, count] = [broken.line, broken.texts.length];
        const message = `one value stands over ${count} lines (${first} to ${first + count - 1}); it must stand on one`;
        this.#problem("invalid-json", first, 1, message);
        return;
      }
    }
    const isEnough =
      broken.texts.length >= PRETTY_LINES || broken.bytes >= PRETTY_BYTES || broken.tries >= PRETTY_TRIES;
    if (isEnough) this.#flushBroken();
  }

  /** The lines are no pretty-printed value: each is read for itself. */
  #flushBroken(): void {
    const broken = this.#broken;
    if (broken === null) return;
    this.#broken = null;
    for (const [index, text] of broken.texts.entries()) {
      if (isJson(text)) this.#value(JSON.parse(text), broken.line + index, text);
      else this.#explain(broken.line + index, text);
    }
  }

  #explain(line: number, text: string): void {
    const { column, message } = explainBrokenLine(text);
    this.#problem("invalid-json", line, column, message);
  }

  #problem(kind: LineProblem["kind"], line: number, column: number, message: string): void {
    this.#visitor.problem({ kind, line, column, message });
  }
}

/** Reads a whole source of chunks. Returns how many lines and objects it held. */
export async function readJsonLines(
  source: AsyncIterable<Buffer> | Iterable<Buffer>,
  visitor: LineVisitor,
): Promise<{ lines: number; objects: number }> {
  const reader = new JsonLines(visitor);
  for await (const chunk of source) reader.write(chunk);
  return reader.end();
}
