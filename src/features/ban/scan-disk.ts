import { setImmediate } from "node:timers/promises";
import type { Repository, WorkingTree } from "../../platform/git/index.ts";
import type { Config } from "../config/index.ts";
import type { BanFacts } from "./facts.ts";
import { openScanMemory, type ScanMemory } from "./scan-memory.ts";
import { type ScanOptions, scanTree } from "./scan-tree.ts";
import { submodulesOf } from "./submodules.ts";

/** What decides a scan beside its tree. */
export interface Asked {
  config: Config;
  production: ScanOptions;
  version: string;
}

/** Scans, and keeps what was found for the next time. */
async function scanAnew(tree: WorkingTree, memory: ScanMemory, asked: Asked): Promise<BanFacts> {
  const keeper = memory.begin();
  try {
    const scanning = scanTree(tree, asked.config, asked.production);
    // Thrown where it is awaited.
    scanning.catch(() => undefined);
    await tree.list();
    // The scan's own next step comes first; while git searches, there is time to look.
    await setImmediate();
    await keeper.watch();
    const facts = await scanning;
    keeper.keep(facts);
    return facts;
  } finally {
    keeper.close();
  }
}

/** The facts of the working tree, recalled when it is exactly as the last scan saw it. */
export async function scanDisk(repository: Repository, tree: WorkingTree, asked: Asked): Promise<BanFacts> {
  const { config, production, version } = asked;
  const top = repository.worktree ?? repository.folder;
  const memory = openScanMemory(top, tree, [version, config.ban, production]);
  const facts = (await memory.recall()) ?? (await scanAnew(tree, memory, asked));
  if (facts.unresolved.length === 0) return facts;
  // What lies on disk beyond the tree may change unseen, so it is looked at each time.
  const { explainByDisk } = await import("./resolve/disk/explain-by-disk.ts");
  const apart = facts.submodules > 0 ? submodulesOf(await tree.list()) : [];
  return { ...facts, unresolved: await explainByDisk(facts.unresolved, top, apart) };
}
