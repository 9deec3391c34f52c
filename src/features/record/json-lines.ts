import { isUtf8 } from "node:buffer";
import { explainBrokenLine } from "./explain-broken-line.ts";

/** Longest line that is parsed, in bytes (contract §1). */
export const MAX_LINE_BYTES = 1 << 20;
/** Larger chunks are cut, so that a long line is noticed before it is held in memory. */
const PIECE_BYTES = 60 * 1024;
/** A pretty-printed object is recognised up to so many lines. */
const PRETTY_LINES = 2_000;
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
  #broken: { line: number; texts: string[]; tries: number } | null = null;

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
    if (this.#atStart || !isUtf8(bytes)) {
      for (let at = 0; at < bytes.length; ) {
        const end = bytes.indexOf(NEWLINE, at);
        this.#bytes(bytes.subarray(at, end));
        at = end + 1;
      }
      return;
    }
    const text = bytes.toString("utf8");
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
    if (this.#broken !== null && !this.#endsBroken(text, value)) return;
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      this.#objects += 1;
      this.#visitor.object(value as Record<string, unknown>, this.#line, text);
    } else {
      const what = value === null ? "null" : Array.isArray(value) ? "a list" : `a ${typeof value}`;
      this.#problem("not-an-object", this.#line, 1, `the line holds ${what}, not an object`);
    }
  }

  /** Inside a pretty-printed value single lines may parse (`"a",` never, `"a"` does); a whole object ends the wait. */
  #endsBroken(text: string, value: unknown): boolean {
    const whole = typeof value === "object" && value !== null && /^\{.+\}$/s.test(text);
    if (whole || this.#broken === null) {
      this.#flushBroken();
      return true;
    }
    this.#unparsable(text);
    return false;
  }

  #unparsable(text: string): void {
    if (this.#broken === null) {
      if (!/[{[,]\s*$/.test(text)) {
        this.#explain(this.#line, text);
        return;
      }
      this.#broken = { line: this.#line, texts: [], tries: 0 };
    }
    const broken = this.#broken;
    broken.texts.push(text);
    if (/^\s*[}\]]/.test(text)) {
      broken.tries += 1;
      if (this.#isPretty(broken.line, broken.texts)) {
        this.#broken = null;
        return;
      }
    }
    if (broken.texts.length >= PRETTY_LINES || broken.tries >= PRETTY_TRIES) this.#flushBroken();
  }

  #isPretty(line: number, texts: readonly string[]): boolean {
    // Only a closing bracket as deep as the opening one can end the value: no quadratic parsing.
    const indent = /^\s*/.exec(texts[0] ?? "")?.[0].length ?? 0;
    if ((/^\s*/.exec(texts.at(-1) ?? "")?.[0].length ?? 0) > indent) return false;
    try {
      JSON.parse(texts.join("\n"));
    } catch {
      return false;
    }
    const message = `one value stands over ${texts.length} lines (${line} to ${line + texts.length - 1}); it must stand on one`;
    this.#problem("invalid-json", line, 1, message);
    return true;
  }

  #flushBroken(): void {
    const broken = this.#broken;
    this.#broken = null;
    for (const [index, text] of (broken?.texts ?? []).entries())
      this.#explain((broken?.line ?? 0) + index, text);
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
