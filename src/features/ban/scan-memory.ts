import { lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { systemCode } from "../../platform/errors/index.ts";
import { gitDirectory, type PathStats, type WorkingTree } from "../../platform/git/index.ts";
import type { BanFacts } from "./facts.ts";

/** Keeps the facts of one scan, when nothing changed since it began. */
export interface Keeper {
  /** Looks at every file of the tree: at any time before {@link keep}, best while git searches. */
  watch(): Promise<void>;
  keep(facts: BanFacts): void;
  /** To be called at the end, also of a scan that failed. */
  close(): void;
}

/** What the last scan of a working tree saw, kept in its git directory: nobody's commit can bring it. */
export interface ScanMemory {
  /** The facts, when the tree is exactly as it was; else null. Costs no process when there are none. */
  recall(): Promise<BanFacts | null>;
  /** To be called before anything of the tree is read. */
  begin(): Keeper;
}

interface Kept {
  /** Sum of version, config, options and the list of the tree. */
  key: string;
  /** The paths of the list, each ended by a zero. */
  paths: string;
  /** Sum over what the file system said of each. */
  stats: string;
  facts: string;
  /** SHA-256 of the rest, so that a damaged file is not taken for an answer. */
  sum: string;
}

const nothing = () => undefined;
const NO_KEEPER: Keeper = { watch: async () => undefined, keep: nothing, close: nothing };
const FORGETFUL: ScanMemory = { recall: async () => null, begin: () => NO_KEEPER };

/** Sums of texts, and of numbers. */
interface Sums {
  of(...texts: readonly string[]): string;
  ofStats(stats: PathStats): string;
}

/** Loaded while git works: it takes 3 ms, and a scan begins without. */
async function loadSums(): Promise<Sums> {
  const { createHash } = await import("node:crypto");
  return {
    of: (...texts) => createHash("sha256").update(texts.join("\0")).digest("hex"),
    ofStats: ({ numbers }) => createHash("sha256").update(numbers).digest("hex"),
  };
}

function readKept(file: string): Kept | null {
  try {
    const { key, paths, stats, facts, sum } = JSON.parse(readFileSync(file, "utf8")) as Partial<Kept>;
    if (key === undefined || paths === undefined || stats === undefined || facts === undefined) return null;
    return sum === undefined ? null : { key, paths, stats, facts, sum };
  } catch {
    // Absent, unreadable or damaged: there is nothing to recall, and the scan is made.
    return null;
  }
}

/** Runs what writes; a full or read-only disk keeps nothing. */
function orNull<T>(write: () => T): T | null {
  try {
    return write();
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return null;
  }
}

/** The file system's own clock: when a file that is written now was changed. */
function instantOf(folder: string, file: string): number | null {
  return orNull(() => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, "", { mode: 0o600 });
    return lstatSync(file).ctimeMs;
  });
}

function splitPaths(paths: string): string[] {
  return paths.split("\0").slice(0, -1);
}

/**
 * Opens the memory of a working tree's scans. A change time is set by the system alone and never goes back, so while
 * the list and every file's stand as they stood when all were older than the scan, its contents are those it read.
 * @param asked all that decides a scan beside the tree: version, config, options
 */
export function openScanMemory(worktree: string, tree: WorkingTree, asked: readonly unknown[]): ScanMemory {
  const directory = process.env.GIT_DIR === undefined ? gitDirectory(worktree) : null;
  if (directory === null) return FORGETFUL;
  const folder = join(directory, "growth-engine");
  const file = join(folder, "ban-scan.json");
  const kept = readKept(file);
  const keyOf = (sums: Sums, list: string) => sums.of(JSON.stringify(asked), list);
  return {
    async recall() {
      if (kept === null) return null;
      const listed = tree.listSum();
      // Thrown by the scan that follows, which asks for the same list.
      listed.catch(() => undefined);
      // git lists meanwhile.
      const sums = await loadSums();
      const { key, paths, stats, facts, sum } = kept;
      if (sum !== sums.of(key, paths, stats, facts)) return null;
      if (sums.ofStats(tree.stat(splitPaths(paths))) !== stats) return null;
      return key === keyOf(sums, await listed) ? JSON.parse(facts) : null;
    },
    begin() {
      const temporary = `${file}.${process.pid}`;
      const began = instantOf(folder, temporary);
      if (began === null) return NO_KEEPER;
      let seen: (Omit<Kept, "facts" | "sum"> & { sums: Sums }) | null = null;
      return {
        async watch() {
          const paths = (await tree.list())
            .filter(({ kind }) => kind !== "submodule")
            .map(({ path }) => path);
          const stats = tree.stat(paths);
          if (stats.newest >= began) return;
          const ended = paths.map((path) => `${path}\0`).join("");
          const sums = await loadSums();
          seen = { sums, key: keyOf(sums, await tree.listSum()), paths: ended, stats: sums.ofStats(stats) };
        },
        keep(found) {
          if (seen === null) return;
          const { sums, key, paths, stats } = seen;
          const facts = JSON.stringify(found);
          const whole: Kept = { key, paths, stats, facts, sum: sums.of(key, paths, stats, facts) };
          // Written beside and moved into place, so that nobody reads half of it.
          orNull(() => {
            writeFileSync(temporary, JSON.stringify(whole));
            renameSync(temporary, file);
          });
        },
        close: () => orNull(() => rmSync(temporary, { force: true })),
      };
    },
  };
}
