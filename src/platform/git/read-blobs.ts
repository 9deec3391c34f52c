import { spawn } from "node:child_process";
import { Fault } from "../errors/index.ts";
import type { Repository } from "./repository.ts";
import { gitEnvironment, runGit } from "./run-git.ts";
import type { TreeContent } from "./tree.ts";

const NEWLINE = 10;

/** Takes exact byte counts from a stream without joining what it skips. */
class ByteReader {
  readonly #source: AsyncIterator<Buffer>;
  #chunk: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async #more(): Promise<void> {
    const next = await this.#source.next();
    if (next.done) throw new Fault("GIT_FAILED", "git cat-file ended before it answered everything");
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

/**
 * Contents of many blobs through one `git cat-file --batch`. Yields `[id, content]` in the order asked.
 * @throws Fault HISTORY_MISSING when an object is not in this clone.
 */
export async function* readBlobs(
  repository: Repository,
  ids: readonly string[],
  maxBytes = Number.POSITIVE_INFINITY,
): AsyncGenerator<[id: string, content: TreeContent]> {
  if (ids.length === 0) return;
  const child = spawn("git", ["--no-optional-locks", "cat-file", "--batch"], {
    cwd: repository.folder,
    env: gitEnvironment(),
    stdio: ["pipe", "pipe", "ignore"],
  });
  // A reader that stops early closes the pipe; that is no failure.
  child.stdin.on("error", () => undefined);
  child.on("error", () => undefined);
  child.stdin.end(`${ids.join("\n")}\n`);
  try {
    const reader = new ByteReader(child.stdout);
    for (const id of ids) {
      const header = await reader.line();
      const match = /^\S+ (\w+) (\d+)$/.exec(header);
      if (!match) {
        throw new Fault("HISTORY_MISSING", `git object ${id} is not in this clone`, {
          hint: "git fetch --unshallow --refetch --no-filter origin",
        });
      }
      const size = Number(match[2]);
      if (size > maxBytes) {
        await reader.skip(size + 1);
        yield [id, { tooLarge: size }];
      } else {
        const content = await reader.take(size);
        await reader.skip(1);
        yield [id, match[1] === "blob" ? { content } : { missing: true }];
      }
    }
  } finally {
    child.kill();
  }
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
  if ((await ended) !== 0) await runGit(["cat-file", "-e", id], { cwd: repository.folder });
}
