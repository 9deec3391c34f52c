import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { systemCode } from "../errors/index.ts";

/** A bare repository, or a git directory, may lie inside a working tree; git would find it first. */
function isGitDirectory(folder: string): boolean {
  return ["HEAD", "objects", "refs"].every((name) => existsSync(join(folder, name)));
}

/**
 * Walks up to the folder that holds `.git`: what git itself does, without the cost of a process. Null where only
 * git can tell.
 */
export function findWorktree(from: string): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const git = statSync(join(folder, ".git"), { throwIfNoEntry: false });
    if (git?.isFile() || (git && isGitDirectory(join(folder, ".git")))) return folder;
    if (isGitDirectory(folder) || dirname(folder) === folder) return null;
  }
}

/** The git directory of a working tree: `.git`, or what the file `.git` of a linked one names; null when unsure. */
export function gitDirectory(worktree: string): string | null {
  const path = join(worktree, ".git");
  try {
    if (statSync(path).isDirectory()) return path;
    const [, named] = /^gitdir: (.+)\n?$/.exec(readFileSync(path, "utf8")) ?? [];
    return named === undefined ? null : resolve(worktree, named);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return null;
  }
}

function commonOf(directory: string | null): string | null {
  if (directory === null || !existsSync(join(directory, "commondir"))) return directory;
  return resolve(directory, readFileSync(join(directory, "commondir"), "utf8").trimEnd());
}

/** The git directory that all working trees of a repository have in common; null when unsure. */
export function commonGitDirectory(worktree: string): string | null {
  return commonOf(gitDirectory(worktree));
}

/**
 * The same of an open repository, without the cost of a process. Null where the environment names another one, or
 * nothing can be told.
 */
export function sharedGitDirectory(repository: { worktree: string | null; folder: string }): string | null {
  const { worktree, folder } = repository;
  if (process.env.GIT_DIR !== undefined) return null;
  return commonOf(worktree === null ? folder : gitDirectory(worktree));
}
