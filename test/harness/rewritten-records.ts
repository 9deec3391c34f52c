import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type TemporaryRepository, temporaryRepository } from "./temporary-repository.ts";

export const FILE = "artifacts/ada/2026-01-05/mcp/docs.jsonl";
export const OTHER = "artifacts/ada/2026-01-05/mcp/other.jsonl";
export const ARCHIVE = "artifacts/archive/2026-01.tar.gz";

export const line = (number: number) => `{"request_id":"${number}"}\n`;
export const lines = (...numbers: number[]) => numbers.map(line).join("");
export const sumOf = (number: number) => createHash("sha256").update(line(number).trimEnd()).digest("hex");

interface Options {
  maxCompared?: number;
  head?: string;
  tip?: string;
}

type Found = (repository: TemporaryRepository, options?: Options) => Promise<string[]>;

/** What the tests hand in: the harness imports nothing of the source, or each folder would stand in a circle. */
interface Git<Opened, Range> {
  openRepository(folder: string): Promise<Opened>;
  resolveCommit(opened: Opened, revision: string): Promise<string>;
  readRange(opened: Opened, tip: string, head: string): Promise<Range>;
}

/** Gives a function that says what the branch did to the records since `main`, as `kind: what`. */
export function finder<Opened, Range>(
  git: Git<Opened, Range>,
  find: (opened: Opened, range: Range, options: Options) => Promise<{ kind: string; what: string }[]>,
): Found {
  return async (repository, options = {}) => {
    const opened = await git.openRepository(repository.folder);
    const tip = await git.resolveCommit(opened, options.tip ?? "main");
    const head = await git.resolveCommit(opened, options.head ?? "HEAD");
    const range = await git.readRange(opened, tip, head);
    return (await find(opened, range, options)).map(({ kind, what }) => `${kind}: ${what}`);
  };
}

export function startOfWork(content = lines(1, 2, 3)): TemporaryRepository {
  const repository = temporaryRepository({ [FILE]: content, "src/a.ts": "1\n" });
  repository.branch("work");
  return repository;
}

/** A branch of one commit that leaves the file with this content. */
export function workThatLeaves(content: string | Uint8Array, before?: string): TemporaryRepository {
  const repository = startOfWork(before);
  repository.write(FILE, content);
  repository.commit("Change the records");
  return repository;
}

export function archive(repository: TemporaryRepository, ...paths: string[]): void {
  mkdirSync(join(repository.folder, "artifacts/archive"), { recursive: true });
  execFileSync("tar", ["-czf", ARCHIVE, ...paths], { cwd: repository.folder });
}
