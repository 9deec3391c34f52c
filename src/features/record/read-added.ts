import {
  type BlobReader,
  type Change,
  openBlobs,
  type Range,
  type Repository,
  streamBlob,
} from "../../platform/git/index.ts";
import { JsonLines, type LineProblem } from "./json-lines.ts";
import { linesOf } from "./lines-of.ts";
import { parseRecordPath, type RecordPath } from "./record-path.ts";

/** Over this size the lines of the earlier version are counted, not held: a rewrite there is found elsewhere. */
const MAX_HELD = 32 << 20;
const NEWLINE = 10;

/** Told of every line of a record file that the range changed; `added` when the base does not hold the line. */
export interface AddedVisitor {
  object(value: Record<string, unknown>, line: number, text: string, added: boolean): void;
  problem(problem: LineProblem, added: boolean): void;
}

export interface ReadFile {
  file: RecordPath;
  /** Objects in the whole file. */
  objects: number;
}

/** Recognises lines of the earlier version: first in its order, after the first difference in any order. */
class EarlierLines {
  readonly #lines: readonly string[];
  #at = 0;
  #left: Map<string, number> | null = null;

  constructor(lines: readonly string[]) {
    this.#lines = lines;
  }

  holds(text: string): boolean {
    const line = Buffer.from(text, "utf8").toString("latin1");
    if (this.#left === null) {
      if (this.#at >= this.#lines.length) return false;
      if (this.#lines[this.#at] === line) {
        this.#at += 1;
        return true;
      }
      this.#left = new Map();
      for (const rest of this.#lines.slice(this.#at)) this.#left.set(rest, (this.#left.get(rest) ?? 0) + 1);
    }
    const count = this.#left.get(line) ?? 0;
    if (count > 0) this.#left.set(line, count - 1);
    return count > 0;
  }
}

/** Line ends, and a last line without one: the number up to which lines were there before. */
async function countLines(chunks: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<number> {
  let ends = 0;
  let last = NEWLINE;
  for await (const chunk of chunks) {
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) ends += 1;
    last = chunk.at(-1) ?? last;
  }
  return ends + (last === NEWLINE ? 0 : 1);
}

/** Reads the versions of record files that one range changed. */
class Versions {
  readonly #repository: Repository;
  readonly #blobs: BlobReader;
  #gone: string[] | null = null;

  constructor(repository: Repository) {
    this.#repository = repository;
    this.#blobs = openBlobs(repository);
  }

  /** Null for a blob over the limit. */
  async #held(blob: string): Promise<Buffer | null> {
    const found = await this.#blobs.read(blob, MAX_HELD);
    return "content" in found ? found.content : null;
  }

  async chunks(blob: string): Promise<AsyncIterable<Buffer> | Iterable<Buffer>> {
    const held = await this.#held(blob);
    return held === null ? streamBlob(this.#repository, blob) : [held];
  }

  /** Lines of the earlier version; null when there are too many to hold. */
  async lines(blob: string): Promise<string[] | null> {
    const held = await this.#held(blob);
    return held && linesOf(held);
  }

  /** Lines of files that the range took away: what a renamed file held before. */
  async goneLines(changes: readonly Change[], kind: RecordPath["kind"]): Promise<string[]> {
    if (this.#gone !== null) return this.#gone;
    const lines: string[] = [];
    for (const { path, oldBlob, newBlob } of changes) {
      if (oldBlob === null || newBlob !== null || parseRecordPath(path)?.kind !== kind) continue;
      for (const line of (await this.lines(oldBlob)) ?? []) lines.push(line);
    }
    this.#gone = lines;
    return lines;
  }

  close(): void {
    this.#blobs.close();
  }
}

/**
 * Reads every record file of a kind that the range added to or changed, whole and in path order, and says of
 * each line whether the range brought it.
 */
export async function readAdded(
  repository: Repository,
  range: Range,
  kind: RecordPath["kind"],
  visitorFor: (file: RecordPath) => AddedVisitor,
): Promise<ReadFile[]> {
  const versions = new Versions(repository);
  const read: ReadFile[] = [];
  try {
    for (const { path, oldBlob, newBlob } of range.changes) {
      const file = parseRecordPath(path);
      if (file?.kind !== kind || newBlob === null) continue;
      const before = oldBlob === null ? 0 : await countLines(await versions.chunks(oldBlob));
      const lines = await (oldBlob === null
        ? versions.goneLines(range.changes, kind)
        : versions.lines(oldBlob));
      const earlier = lines && new EarlierLines(lines);
      const visitor = visitorFor(file);
      const reader = new JsonLines({
        object: (value, line, text) =>
          visitor.object(value, line, text, earlier ? !earlier.holds(text) : line > before),
        problem: (problem) => visitor.problem(problem, problem.line > before),
      });
      for await (const chunk of await versions.chunks(newBlob)) reader.write(chunk);
      read.push({ file, objects: reader.end().objects });
    }
  } finally {
    versions.close();
  }
  return read;
}
