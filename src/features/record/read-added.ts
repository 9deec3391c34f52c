import { type Range, type Repository, readBlobs, streamBlob } from "../../platform/git/index.ts";
import { JsonLines, type LineProblem } from "./json-lines.ts";
import { linesOf } from "./lines-of.ts";
import { parseRecordPath, type RecordPath } from "./record-path.ts";

/** Over this size the lines of the earlier version are counted, not held: a rewrite there is found elsewhere. */
const MAX_HELD = 64 << 20;

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

  constructor(content: Buffer | null) {
    this.#lines = content === null ? [] : linesOf(content);
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

async function blobsOf(
  repository: Repository,
  ids: readonly (string | null)[],
): Promise<Map<string, Buffer | null>> {
  const wanted = [...new Set(ids)].filter((id): id is string => id !== null);
  const found = new Map<string, Buffer | null>();
  for await (const [id, content] of readBlobs(repository, wanted, MAX_HELD)) {
    found.set(id, "content" in content ? content.content : null);
  }
  return found;
}

/** Line numbers up to which a file too large to hold was there before. */
async function countLines(repository: Repository, blob: string): Promise<number> {
  let lines = 0;
  for await (const chunk of streamBlob(repository, blob)) {
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1;
  }
  return lines;
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
  const changed = range.changes.flatMap(({ path, oldBlob, newBlob }) => {
    const file = parseRecordPath(path);
    return file?.kind === kind && newBlob !== null ? [{ file, oldBlob, newBlob }] : [];
  });
  const blobs = await blobsOf(
    repository,
    changed.flatMap(({ oldBlob, newBlob }) => [oldBlob, newBlob]),
  );
  const read: ReadFile[] = [];
  for (const { file, oldBlob, newBlob } of changed) {
    const held = oldBlob === null ? null : (blobs.get(oldBlob) ?? null);
    const before = oldBlob !== null && held === null ? await countLines(repository, oldBlob) : 0;
    const earlier = new EarlierLines(held);
    const heldLines = held === null ? before : held.toString("latin1").split("\n").length - 1;
    const visitor = visitorFor(file);
    const lines = new JsonLines({
      object: (value, line, text) =>
        visitor.object(value, line, text, before > 0 ? line > before : !earlier.holds(text)),
      problem: (problem) => visitor.problem(problem, problem.line > heldLines),
    });
    const content = blobs.get(newBlob);
    if (content) lines.write(content);
    else for await (const chunk of streamBlob(repository, newBlob)) lines.write(chunk);
    read.push({ file, objects: lines.end().objects });
  }
  return read;
}
