import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { messageOf } from "../../platform/errors/index.ts";
import { isObject, type LogEntry } from "./logged-call.ts";

/** A line of a log that cannot be read. */
export interface LogProblem {
  line: number;
  message: string;
}

/** Some entries of a log, each with its line, counted from 1. */
export interface LogBatch {
  entries: { line: number; entry: LogEntry }[];
  problems: LogProblem[];
}

/** Answers stand in one line, pictures included; longer ones are passed over unparsed. */
const MAX_LINE_BYTES = 64 << 20;
const CHUNK_BYTES = 1 << 20;
const NEWLINE = 10;

class Lines {
  #line = 0;
  #rest: Buffer[] = [];
  #bytes = 0;
  batch: LogBatch = { entries: [], problems: [] };

  take(): LogBatch {
    const { batch } = this;
    this.batch = { entries: [], problems: [] };
    return batch;
  }

  write(chunk: Buffer): void {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      this.#end(chunk.subarray(from, end));
      from = end + 1;
    }
    if (from < chunk.length) this.#keep(chunk.subarray(from));
  }

  /** A last line without its end is one that is being written: it is read when it is whole. */
  end(): void {
    if (this.#bytes > 0) this.#end(Buffer.alloc(0), true);
  }

  #keep(bytes: Buffer): void {
    this.#bytes += bytes.length;
    if (this.#bytes <= MAX_LINE_BYTES) this.#rest.push(bytes);
    else this.#rest = [];
  }

  #end(tail: Buffer, isLast = false): void {
    this.#line += 1;
    const isTooLong = this.#bytes + tail.length > MAX_LINE_BYTES;
    const bytes = this.#rest.length === 0 ? tail : Buffer.concat([...this.#rest, tail]);
    this.#rest = [];
    this.#bytes = 0;
    if (isTooLong) this.#problem("the line is longer than 64 MiB");
    else this.#parse(bytes, isLast);
  }

  #parse(bytes: Buffer, isLast: boolean): void {
    const text = bytes.toString("utf8").trim();
    if (text === "") return;
    try {
      const entry: unknown = JSON.parse(text);
      if (isObject(entry)) this.batch.entries.push({ line: this.#line, entry });
      else this.#problem("the line holds no object");
    } catch {
      if (!isLast) this.#problem(isUtf8(bytes) ? "the line is no JSON" : "the line is not UTF-8");
    }
  }

  #problem(message: string): void {
    this.batch.problems.push({ line: this.#line, message });
  }
}

/** A log that cannot be opened, or was taken away while it was read. */
export class UnreadableLog extends Error {}

async function* chunksOf(path: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) yield chunk as Buffer;
  } catch (cause) {
    throw new UnreadableLog(messageOf(cause), { cause });
  }
}

/**
 * The entries of a JSONL log of any size, some at a time.
 * @throws UnreadableLog
 */
export async function* readLogLines(path: string): AsyncGenerator<LogBatch> {
  const lines = new Lines();
  for await (const chunk of chunksOf(path)) {
    lines.write(chunk);
    yield lines.take();
  }
  lines.end();
  yield lines.take();
}
