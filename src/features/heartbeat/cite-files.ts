import { type Repository, type Tree, type TreeEntry, workingTree } from "../../platform/git/index.ts";
import { linesOf } from "../record/index.ts";
import type { CitedFile } from "./facts.ts";
import { parseHeartbeatPath } from "./heartbeat-path.ts";

/** A file that is too large to be looked into is not empty. */
const MAX_LOOKED_INTO = 1 << 20;

function leadsThroughLink(path: string, entries: ReadonlyMap<string, TreeEntry>): boolean {
  const parts = path.split("/");
  return parts.some((_, index) => {
    const kind = entries.get(parts.slice(0, index + 1).join("/"))?.kind;
    return kind === "link" || kind === "submodule";
  });
}

async function isEmpty(tree: Tree, path: string): Promise<boolean> {
  for await (const [, found] of tree.read([path], MAX_LOOKED_INTO)) {
    return "content" in found && linesOf(found.content).length === 0;
  }
  return false;
}

/** On disk, though no commit holds it: git-ignored, or not committed. Never read through a link. */
async function liesOnDisk(repository: Repository, path: string): Promise<boolean> {
  if (repository.worktree === null) return false;
  for await (const [, found] of workingTree(repository).read([path], 0)) return !("missing" in found);
  return false;
}

/** Looks at each path that the text cites. A path that could lead elsewhere is not read. */
export async function citeFiles(
  repository: Repository,
  tree: Tree,
  cited: readonly { path: string; line: number }[],
): Promise<CitedFile[]> {
  if (cited.length === 0) return [];
  const entries = new Map((await tree.list()).map((entry) => [entry.path, entry]));
  const stateOf = async (path: string): Promise<CitedFile["state"]> => {
    if (parseHeartbeatPath(path) === null || leadsThroughLink(path, entries)) return "bad-path";
    if (!entries.has(path)) return (await liesOnDisk(repository, path)) ? "untracked" : "not-found";
    return (await isEmpty(tree, path)) ? "empty" : "found";
  };
  const files: CitedFile[] = [];
  for (const [path, line] of new Map(cited.toReversed().map((one) => [one.path, one.line]))) {
    files.push({ path, line, state: await stateOf(path) });
  }
  return files.toReversed();
}
