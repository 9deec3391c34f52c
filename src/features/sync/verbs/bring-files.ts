import { join } from "node:path";
import { Fault } from "../../../platform/errors/index.ts";
import { NO_SUM } from "../sums.ts";
import { type Departure, findDeparture } from "./find-departure.ts";
import type { Link, What } from "./open-link.ts";
import { type FileState, type Part, readParts } from "./read-parts.ts";
import { type PieceSource, withFile } from "./read-pieces.ts";
import { addTaken, type Tally } from "./tally.ts";

/** A file to bring. */
export interface BroughtFile {
  path: string;
  stamp: string;
  /** Its bytes where it lies in no file of its own; null for one on disk. */
  content: Buffer | null;
  state: FileState | null;
}

export interface Bringing {
  root: string;
  link: Link;
  tally: Tally;
  /** Told of each file that was read. */
  step(): void;
}

/** Nothing of a file. */
export const NOTHING: FileState = { bytes: 0, lines: 0, sum: NO_SUM };
/** A few MiB a call: less costs calls, more costs memory and a long wait behind it. */
const BATCH_BYTES = 2 << 20;
/** While one batch is written, the next is read and cut. */
const LANES = 3;
/** Somebody else brings the same checkout at the same time; in the end one of both is ahead. */
const TRIES = 5;

/** What is to go out with one call: at most one part of a file. */
class Batch {
  readonly files = new Map<string, BroughtFile>();
  #texts: string[] = [];
  #size = 0;

  get isFull(): boolean {
    return this.#size >= BATCH_BYTES;
  }

  add(file: BroughtFile, { after, to, text }: Part): void {
    const { bytes, sum } = to;
    const head = {
      file: file.path,
      after: { lines: after.lines, sum: after.sum },
      lines: to.lines - after.lines,
      to: { bytes, sum, stamp: file.stamp },
    };
    const first = `${JSON.stringify(head)}\n`;
    this.files.set(file.path, file);
    this.#texts.push(first, text);
    this.#size += first.length + text.length;
  }

  take(): string {
    const body = this.#texts.join("");
    this.files.clear();
    this.#texts = [];
    this.#size = 0;
    return body;
  }
}

function whatOf({ keep, now }: Departure, before: FileState): What {
  if (keep.lines >= before.lines) return "same";
  return now.lines === keep.lines ? "shortened" : "rewritten";
}

/** Tells the server from which line on a file is another one. @returns what there is of it then; null: look again */
async function rewindTo(
  { link, tally }: Bringing,
  path: string,
  before: FileState,
  departure: Departure,
  what: What,
): Promise<FileState | null> {
  const { stale, remembered, gone } = await link.rewind(path, before, departure, what);
  if (stale) return null;
  const { keep, now } = departure;
  if (remembered && what !== "same")
    tally.rewrites.push({
      file: path,
      what,
      from_line: keep.lines + 1,
      lines_before: before.lines,
      lines_after: now.lines,
      gone,
    });
  else if (what !== "same") tally.switched_files += 1;
  return keep;
}

/** Brings files one after the other through batches of its own. */
class Lane {
  readonly #batch = new Batch();
  readonly #bringing: Bringing;
  /** Files of which something else was here than was thought. */
  readonly late: BroughtFile[] = [];

  constructor(bringing: Bringing) {
    this.#bringing = bringing;
  }

  async flush(): Promise<void> {
    if (this.#batch.files.size === 0) return;
    const files = new Map(this.#batch.files);
    const taken = await this.#bringing.link.lines(this.#batch.take());
    addTaken(this.#bringing.tally, taken);
    this.late.push(...taken.stale.flatMap((path) => files.get(path) ?? []));
  }

  async #parts(file: BroughtFile, parts: Iterable<Part>, state: FileState): Promise<void> {
    let isNew = true;
    for (const part of parts) {
      // What follows a part stands on it, so that must have arrived.
      if (this.#batch.files.has(file.path) || this.#batch.isFull) await this.flush();
      if (this.late.includes(file)) return;
      this.#batch.add(file, part);
      isNew = false;
    }
    // Nothing new: only the stamp, so that nobody needs to read it the next time.
    if (isNew) this.#batch.add(file, { after: state, to: state, text: "" });
  }

  async #read(file: BroughtFile, read: PieceSource["read"]): Promise<void> {
    const state = file.state ?? NOTHING;
    const parts = readParts(read, state);
    if (parts !== null) return this.#parts(file, parts, state);
    const departure = findDeparture(read, await this.#bringing.link.sums(file.path));
    const kept = await rewindTo(this.#bringing, file.path, state, departure, whatOf(departure, state));
    const rest = kept && readParts(read, kept);
    if (rest) await this.#parts(file, rest, kept);
    else this.late.push(file);
  }

  /** Brings one file. */
  async bring(file: BroughtFile): Promise<void> {
    this.#bringing.tally.files_read += 1;
    const { content } = file;
    if (content !== null) await this.#read(file, (into, at) => content.copy(into, 0, at, at + into.length));
    // One that is gone meanwhile is missing the next time.
    else await withFile(join(this.#bringing.root, file.path), (read) => this.#read(file, read));
    this.#bringing.step();
  }
}

async function runLanes(bringing: Bringing, files: AsyncIterator<BroughtFile>): Promise<BroughtFile[]> {
  const lanes = Array.from({ length: LANES }, () => new Lane(bringing));
  await Promise.all(
    lanes.map(async (lane) => {
      for (let next = await files.next(); !next.done; next = await files.next()) await lane.bring(next.value);
      await lane.flush();
    }),
  );
  return lanes.flatMap(({ late }) => late);
}

async function* again(link: Link, files: readonly BroughtFile[]): AsyncGenerator<BroughtFile> {
  for (const file of files) yield { ...file, state: await link.file(file.path) };
}

/**
 * Brings files, several batches at a time. A file of which something else is here by now, since somebody else brings
 * the same checkout, is looked at again.
 * @throws Fault SERVER_UNAVAILABLE when that does not end
 */
export async function bringFiles(bringing: Bringing, files: AsyncGenerator<BroughtFile>): Promise<void> {
  let late = await runLanes(bringing, files);
  for (let tries = 1; late.length > 0; tries += 1) {
    if (tries === TRIES)
      throw new Fault(
        "SERVER_UNAVAILABLE",
        `somebody else brings this checkout at the same time: ${late[0]?.path}`,
        {
          hint: "growth-engine sync, when the other one is done",
        },
      );
    late = await runLanes(bringing, again(bringing.link, [...new Set(late)]));
  }
}

/** Says of a file that is not there any more that it is not. */
export async function bringDeletion(bringing: Bringing, path: string, state: FileState): Promise<void> {
  const departure = { keep: NOTHING, now: { lines: 0, sum: NO_SUM } };
  if (state.lines === 0) return;
  await rewindTo(bringing, path, state, departure, "deleted");
}
