import { type BanFacts, judgeBan, scanTree } from "../../src/features/ban/index.ts";
import { scanDisk } from "../../src/features/ban/scan-disk.ts";
import { defaultConfig, parseConfig } from "../../src/features/config/index.ts";
import { commitTree, indexTree, openRepository, workingTree } from "../../src/platform/git/index.ts";
import type { Finding } from "../../src/vocabulary/finding.ts";
import { type TemporaryRepository, temporaryRepository } from "../harness/temporary-repository.ts";

type Where = "commit" | "index" | "disk";
type Files = Record<string, string | Uint8Array>;

/** Gathers the ban's facts of a repository, in this process. */
export async function factsOf(
  { folder, tryGit }: TemporaryRepository,
  where: Where = "commit",
  ban: object = {},
): Promise<BanFacts> {
  const repository = await openRepository(folder);
  const head = tryGit(["rev-parse", "HEAD"]).out.trim();
  const config = Object.keys(ban).length > 0 ? parseConfig(JSON.stringify({ ban })) : defaultConfig();
  if (where === "disk") {
    return scanDisk(repository, workingTree(repository), { config, production: {}, version: "0.0.0" });
  }
  return scanTree(where === "commit" ? commitTree(repository, head) : indexTree(repository), config);
}

/** What the ban's judge says of these files, committed. */
export async function judged(files: Files, ban: object = {}): Promise<Finding[]> {
  return judgeBan(await factsOf(temporaryRepository(files), "commit", ban));
}

function inOrder(lines: string[]): string[] {
  return lines.sort();
}

/** `rule file:line` of each finding. */
export async function findings(files: Files, ban: object = {}): Promise<string[]> {
  return inOrder((await judged(files, ban)).map(({ rule, file, line }) => `${rule} ${file}:${line}`));
}

/** `rule file` of each finding but unresolved imports. */
export async function banned(files: Files, ban: object = {}): Promise<string[]> {
  const found = (await judged(files, ban)).filter(({ rule }) => rule !== "ban/unresolved");
  return inOrder(found.map(({ rule, file }) => `${rule} ${file}`));
}

/** The chains of all findings. */
export async function chains(files: Files, ban: object = {}): Promise<string[]> {
  return inOrder((await judged(files, ban)).map(({ rule, chain }) => `${rule} ${chain?.join(" → ")}`));
}
