import {
  type Range,
  type Repository,
  type Tree,
  type TreeEntry,
  workingTree,
} from "../../platform/git/index.ts";
import { isCalendarDate } from "../../vocabulary/timestamp.ts";
import { parseRecordPath } from "../record/index.ts";
import { isRecord } from "./code-matcher.ts";
import { eachLine } from "./each-line.ts";
import type { ChangedFile, CitedFile, CitedPath } from "./evidence-facts.ts";

const MOST_SHOWN = 200;

/** Why a path names no evidence file, as a sentence part; null when it does. */
export function whyBadPath(path: string): string | null {
  if (parseRecordPath(path)?.kind === "evidence") return null;
  const parts = path.split(/[/\\]/);
  if (path.includes("\0")) return "it holds a NUL byte";
  if (/^([/\\]|[A-Za-z]:)/.test(path)) return "it is absolute";
  if (parts.includes("..")) return "it holds `..`";
  if (parts[0] !== "artifacts") return "it does not lie below `artifacts/`";
  if (!isCalendarDate(parts[2] ?? "")) return "the folder below the agent is no date `YYYY-MM-DD`";
  if (parts[3] !== "mcp") return "it does not lie in a folder `mcp/`";
  return path.endsWith(".jsonl") ? "it holds an empty part or `.`" : "it does not end with `.jsonl`";
}

/** The first file that a range adds or changes which looks like evidence, and lies where none is read. */
export function findMisplaced({ changes }: Range): { path: string; reason: string } | null {
  for (const { path, newBlob } of changes) {
    const looksAlike = /^artifacts\/.*\.(?:json|jsonl|ndjson)$/.test(path);
    if (newBlob === null || !looksAlike || isRecord(path) || /\/heartbeat[^/]*$/.test(path)) continue;
    const reason = whyBadPath(path);
    if (reason !== null) return { path: path.slice(0, MOST_SHOWN), reason };
  }
  return null;
}

/** Does a link or another repository stand at the path, or on the way to it? */
function isLedAway(path: string, entries: readonly TreeEntry[]): boolean {
  return entries.some((entry) => entry.kind !== "file" && `${path}/`.startsWith(`${entry.path}/`));
}

async function isOnDisk(repository: Repository, path: string): Promise<boolean> {
  if (repository.worktree === null) return false;
  for await (const [, found] of workingTree(repository).read([path], 0)) return !("missing" in found);
  return false;
}

async function countLines(tree: Tree, path: string): Promise<number> {
  let lines = 0;
  const content = await tree.stream(path);
  if (content === null) return 0;
  await eachLine(content, (line) => {
    if (line.trim() !== "") lines += 1;
  });
  return lines;
}

/** Looks up what became of each cited path. A bad path is not read, neither in git nor on disk. */
export async function inspectCited(
  repository: Repository,
  head: Tree,
  cited: readonly CitedPath[],
  changed: readonly ChangedFile[],
): Promise<CitedFile[]> {
  const entries = await head.list();
  const files = new Set(entries.filter(({ kind }) => kind === "file").map(({ path }) => path));
  const byPath = new Map(changed.map((file) => [file.path, file]));
  const inspected = new Map<string, CitedFile>();
  for (const { path, line } of cited) {
    if (inspected.has(path)) continue;
    const reason = whyBadPath(path) ?? (isLedAway(path, entries) ? "a link stands on the way to it" : null);
    const nothing = { path, line, lines: 0, newLines: 0 };
    if (reason !== null) inspected.set(path, { ...nothing, state: "bad-path", reason });
    else if (files.has(path)) {
      const { lines, newLines } = byPath.get(path) ?? { lines: await countLines(head, path), newLines: 0 };
      inspected.set(path, { path, line, state: "found", lines, newLines });
    } else {
      const state = (await isOnDisk(repository, path)) ? "untracked" : "not-found";
      inspected.set(path, { ...nothing, state });
    }
  }
  return [...inspected.values()];
}
