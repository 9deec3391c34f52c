import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { findRewrites } from "../../src/features/record/find-rewrites.ts";
import { openRepository, readRange, resolveCommit } from "../../src/platform/git/index.ts";
import { type TemporaryRepository, temporaryRepository } from "./temporary-repository.ts";

export const FILE = "artifacts/ada/2026-01-05/mcp/docs.jsonl";
export const OTHER = "artifacts/ada/2026-01-05/mcp/other.jsonl";
export const ARCHIVE = "artifacts/archive/2026-01.tar.gz";

export const line = (number: number) => `{"request_id":"${number}"}\n`;
export const lines = (...numbers: number[]) => numbers.map(line).join("");
export const sumOf = (number: number) => createHash("sha256").update(line(number).trimEnd()).digest("hex");

/** What the branch `work` did to the records since `main`, as `kind: what`. */
export async function found(
  repository: TemporaryRepository,
  options: { maxCompared?: number; head?: string; tip?: string } = {},
) {
  const opened = await openRepository(repository.folder);
  const tip = await resolveCommit(opened, options.tip ?? "main");
  const head = await resolveCommit(opened, options.head ?? "HEAD");
  const range = await readRange(opened, tip, head);
  return (await findRewrites(opened, range, options)).map(({ kind, what }) => `${kind}: ${what}`);
}

export function startOfWork(content = lines(1, 2, 3)): TemporaryRepository {
  const repository = temporaryRepository({ [FILE]: content, "src/a.ts": "1\n" });
  repository.branch("work");
  return repository;
}

/** One commit that leaves the file with this content. */
export async function foundAfter(content: string | Uint8Array, before?: string) {
  const repository = startOfWork(before);
  repository.write(FILE, content);
  repository.commit("Change the records");
  return found(repository);
}

export function archive(repository: TemporaryRepository, ...paths: string[]): void {
  mkdirSync(join(repository.folder, "artifacts/archive"), { recursive: true });
  execFileSync("tar", ["-czf", ARCHIVE, ...paths], { cwd: repository.folder });
}
