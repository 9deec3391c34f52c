import { statSync } from "node:fs";
import { join } from "node:path";
import { gitDirectory } from "./git-directory.ts";

/**
 * What tells one state of a working tree's index from another, without the cost of a process; null where the
 * environment names another index, or none can be found.
 */
export function indexStamp(worktree: string): string | null {
  const { GIT_DIR, GIT_INDEX_FILE } = process.env;
  const directory = GIT_DIR === undefined && GIT_INDEX_FILE === undefined ? gitDirectory(worktree) : null;
  if (directory === null) return null;
  // Before the first `git add` there is none.
  const status = statSync(join(directory, "index"), { bigint: true, throwIfNoEntry: false });
  return status === undefined ? "none" : `${status.ino} ${status.size} ${status.mtimeNs} ${status.ctimeNs}`;
}
