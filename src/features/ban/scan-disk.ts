import type { Repository, WorkingTree } from "../../platform/git/index.ts";
import type { Config } from "../config/index.ts";
import type { BanFacts } from "./facts.ts";
import { openScanMemory } from "./scan-memory.ts";
import { type ScanOptions, scanTree } from "./scan-tree.ts";

/** What decides a scan beside its tree. */
export interface Asked {
  config: Config;
  production: ScanOptions;
  version: string;
}

/** The facts of the working tree, recalled when it is exactly as the last scan saw it. */
export async function scanDisk(repository: Repository, tree: WorkingTree, asked: Asked): Promise<BanFacts> {
  const { config, production, version } = asked;
  const top = repository.worktree ?? repository.folder;
  const memory = openScanMemory(top, tree, [version, config.ban, production]);
  let facts = memory.isThere ? await memory.recall() : null;
  if (facts === null) {
    facts = await scanTree(tree, config, production);
    await memory.keep(facts);
  }
  if (facts.unresolved.length === 0) return facts;
  // What lies on disk beyond the tree may change unseen, so it is looked at each time.
  const { explainByDisk } = await import("./resolve/explain-by-disk.ts");
  return { ...facts, unresolved: explainByDisk(facts.unresolved, top) };
}
