import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { systemCode } from "../../platform/errors/index.ts";
import type { WorkingTree } from "../../platform/git/index.ts";
import type { BanFacts } from "./facts.ts";

/** What the last scan of a working tree saw, kept in its git directory: nobody's commit can bring it. */
export interface ScanMemory {
  /** Is there anything to recall? Costs no process. */
  isThere: boolean;
  /** The facts, when the tree is exactly as it was; else null. */
  recall(): Promise<BanFacts | null>;
  /** Keeps facts for the state in which the scan began, when it is still the same. */
  keep(facts: BanFacts): Promise<void>;
}

interface Kept {
  /** Sum of version, config, options and the state of the tree. */
  key: string;
  /** SHA-256 of `facts`, so that a damaged file is not taken for an answer. */
  sum: string;
  facts: string;
}

const FORGETFUL: ScanMemory = { isThere: false, recall: async () => null, keep: async () => undefined };

function sumOf(...texts: readonly string[]): string {
  return createHash("sha256").update(texts.join("\0")).digest("hex");
}

/** The git directory of a working tree: `.git`, or what the file `.git` of a linked one names; null when unsure. */
function gitDirectory(worktree: string): string | null {
  const path = join(worktree, ".git");
  try {
    if (statSync(path).isDirectory()) return path;
    const [, named] = /^gitdir: (.+)\n?$/.exec(readFileSync(path, "utf8")) ?? [];
    return named === undefined ? null : isAbsolute(named) ? named : resolve(worktree, named);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return null;
  }
}

function readKept(file: string): Kept | null {
  try {
    const { key, sum, facts } = JSON.parse(readFileSync(file, "utf8")) as Partial<Kept>;
    if (typeof key !== "string" || typeof facts !== "string" || sum !== sumOf(facts)) return null;
    return { key, sum, facts };
  } catch {
    // Absent, unreadable or damaged: there is nothing to recall, and the scan is made.
    return null;
  }
}

/** Written beside and moved into place, so that nobody reads half of it. A full or read-only disk keeps nothing. */
function writeKept(folder: string, file: string, kept: Kept): void {
  const temporary = `${file}.${process.pid}`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(temporary, JSON.stringify(kept), { mode: 0o600 });
    renameSync(temporary, file);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    rmSync(temporary, { force: true });
  }
}

/**
 * Opens the memory of a working tree's scans.
 * @param asked all that decides a scan beside the tree: version, config, options
 */
export function openScanMemory(worktree: string, tree: WorkingTree, asked: readonly unknown[]): ScanMemory {
  const directory = process.env.GIT_DIR === undefined ? gitDirectory(worktree) : null;
  if (directory === null) return FORGETFUL;
  const folder = join(directory, "growth-engine");
  const file = join(folder, "ban-scan.json");
  const kept = readKept(file);
  const keyOf = (state: string) => sumOf(JSON.stringify(asked), state);
  return {
    isThere: kept !== null,
    async recall() {
      const state = kept === null ? null : await tree.state();
      return kept !== null && state !== null && kept.key === keyOf(state) ? JSON.parse(kept.facts) : null;
    },
    async keep(found) {
      const state = await tree.state();
      if (state === null || state !== (await tree.again().state())) return;
      const facts = JSON.stringify(found);
      writeKept(folder, file, { key: keyOf(state), sum: sumOf(facts), facts });
    },
  };
}
