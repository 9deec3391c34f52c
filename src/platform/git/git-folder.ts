import { readFileSync, statSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { systemCode } from "../errors/index.ts";
import type { Repository } from "./repository.ts";

/** What a file of git says, without its line end; null when it cannot be read. */
function readPointer(file: string, pattern: RegExp): string | null {
  try {
    return pattern.exec(readFileSync(file, "utf8"))?.[1] ?? null;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return null;
  }
}

/** The git directory of a working tree: `.git`, or what the file `.git` of a linked one names; null when unsure. */
export function gitFolder(worktree: string): string | null {
  const path = join(worktree, ".git");
  try {
    if (statSync(path).isDirectory()) return path;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return null;
  }
  const named = readPointer(path, /^gitdir: (.+)\n?$/);
  return named === null ? null : isAbsolute(named) ? named : resolve(worktree, named);
}

/**
 * The git directory that all working trees of a repository share, without the cost of a process. Null where the
 * environment names another one, or nothing can be told.
 */
export function sharedGitFolder(repository: Repository): string | null {
  if (process.env.GIT_DIR !== undefined) return null;
  const folder = repository.worktree === null ? repository.folder : gitFolder(repository.worktree);
  if (folder === null) return null;
  const common = readPointer(join(folder, "commondir"), /^(.+?)\n?$/);
  return common === null ? folder : resolve(folder, common);
}
