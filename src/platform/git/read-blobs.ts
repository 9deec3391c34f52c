import { type ChildProcess, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { Fault } from "../errors/index.ts";
import type { Repository } from "./repository.ts";
import { gitEnvironment, REFETCH, runGit } from "./run-git.ts";
import type { TreeContent } from "./tree.ts";

const NEWLINE = 10;

function missingObject(id: string): Fault {
  return new Fault("HISTORY_MISSING", `git object ${id} is not in this clone`, { hint: REFETCH });
}

/** Takes exact byte counts from a stream without joining what it skips. */
class ByteReader {
  readonly #source: AsyncIterator<Buffer>;
  #chunk: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async #more(): Promise<void> {
    const next = await this.#source.next();
    if (next.done)
      throw new Fault("GIT_FAILED", "git cat-file ended before it answered", { hint: "git fsck" });
    this.#chunk = this.#chunk.length === 0 ? next.value : Buffer.concat([this.#chunk, next.value]);
  }

  async line(): Promise<string> {
    let at = this.#chunk.indexOf(NEWLINE);
    while (at < 0) {
      await this.#more();
      at = this.#chunk.indexOf(NEWLINE);
    }
    const text = this.#chunk.toString("utf8", 0, at);
    this.#chunk = this.#chunk.subarray(at + 1);
    return text;
  }

  async take(count: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    await this.#consume(count, (part) => parts.push(part));
    return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
  }

  async skip(count: number): Promise<void> {
    await this.#consume(count, () => undefined);
  }

  async #consume(count: number, visit: (part: Buffer) => void): Promise<void> {
    let left = count;
    while (left > 0) {
      if (this.#chunk.length === 0) await this.#more();
      const part = this.#chunk.subarray(0, left);
      this.#chunk = this.#chunk.subarray(part.length);
      left -= part.length;
      visit(part);
    }
  }
}

/** One `git cat-file --batch`: any number of objects for the price of one process. */
class CatFile {
  readonly #repository: Repository;
  readonly #child: ChildProcess & { stdin: Writable; stdout: Readable };
  readonly #reader: ByteReader;

  constructor(repository: Repository) {
    this.#repository = repository;
    this.#child = spawn("git", ["--no-optional-locks", "cat-file", "--batch"], {
      cwd: repository.folder,
      env: gitEnvironment(),
      stdio: ["pipe", "pipe", "ignore"],
    });
    // A reader that stops early closes the pipe; that is no failure.
    this.#child.stdin.on("error", () => undefined);
    this.#child.on("error", () => undefined);
    this.#reader = new ByteReader(this.#child.stdout);
  }

  ask(ids: readonly string[]): void {
    if (ids.length > 0) this.#child.stdin.write(`${ids.join("\n")}\n`);
  }

  /** The next answer; `id` is the object that was asked for. */
  async answer(id: string, maxBytes: number): Promise<TreeContent> {
    const header = await this.#reader.line().catch((cause) => this.#explain(id, cause));
    const match = /^\S+ (\w+) (\d+)$/.exec(header);
    if (!match) throw missingObject(id);
    const size = Number(match[2]);
    if (size > maxBytes) {
      await this.#reader.skip(size + 1);
      return { tooLarge: size };
    }
    const content = await this.#reader.take(size);
    await this.#reader.skip(1);
    return match[1] === "blob" ? { content } : { missing: true };
  }

  /** A partial clone's git ends instead of saying "missing"; asking again alone says why. */
  async #explain(id: string, cause: unknown): Promise<never> {
    await runGit(["cat-file", "-t", id], { cwd: this.#repository.folder });
    throw cause;
  }

  close(): void {
    this.#child.kill();
  }
}

/**
 * Contents of many blobs through one process. Yields `[id, content]` in the order asked.
 * @throws Fault HISTORY_MISSING when an object is not in this clone.
 */
export async function* readBlobs(
  repository: Repository,
  ids: readonly string[],
  maxBytes = Number.POSITIVE_INFINITY,
): AsyncGenerator<[id: string, content: TreeContent]> {
  if (ids.length === 0) return;
  const git = new CatFile(repository);
  try {
    git.ask(ids);
    for (const id of ids) yield [id, await git.answer(id, maxBytes)];
  } finally {
    git.close();
  }
}

/** Reads blobs one at a time, in whatever order the answers lead to. Ask for the next after the answer. */
export interface BlobReader {
  read(id: string, maxBytes: number): Promise<TreeContent>;
  close(): void;
}

/** A reader that starts its git process when it is first asked, and keeps it until it is closed. */
export function openBlobs(repository: Repository): BlobReader {
  let git: CatFile | undefined;
  return {
    read(id, maxBytes) {
      git ??= new CatFile(repository);
      git.ask([id]);
      return git.answer(id, maxBytes);
    },
    close: () => git?.close(),
  };
}

/** Content of one blob in chunks. @throws Fault when git cannot give it. */
export async function* streamBlob(repository: Repository, id: string): AsyncGenerator<Buffer> {
  const child = spawn("git", ["--no-optional-locks", "cat-file", "blob", id], {
    cwd: repository.folder,
    env: gitEnvironment(),
    stdio: ["ignore", "pipe", "ignore"],
  });
  const ended = new Promise<number>((resolve) => {
    child.on("close", (code) => resolve(code ?? -1));
    child.on("error", () => resolve(-1));
  });
  let whole = false;
  try {
    for await (const chunk of child.stdout) yield chunk as Buffer;
    whole = true;
  } finally {
    if (!whole) child.kill();
  }
  if ((await ended) === 0) return;
  await runGit(["cat-file", "-e", id], { cwd: repository.folder });
  throw new Fault("GIT_FAILED", `git could not read object ${id} to its end`, { hint: "git fsck" });
}
