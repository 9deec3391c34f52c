import { existsSync, realpathSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { Fault } from "../errors/index.ts";
import { type GitResult, type RunOptions, runGit } from "./run-git.ts";

/** A git repository as commands see it. */
export interface Repository {
  /** Folder in which git runs: the top of the working tree, or the git directory of a bare repository. */
  readonly folder: string;
  /** Top of the working tree; null in a bare repository. */
  readonly worktree: string | null;
  git(args: readonly string[], options?: Omit<RunOptions, "cwd">): Promise<GitResult>;
}

function repositoryAt(folder: string, worktree: string | null): Repository {
  return { folder, worktree, git: (args, options = {}) => runGit(args, { ...options, cwd: folder }) };
}

/** A bare repository, or a git directory, may lie inside a working tree; git would find it first. */
function isGitDirectory(folder: string): boolean {
  return ["HEAD", "objects", "refs"].every((name) => existsSync(join(folder, name)));
}

/**
 * Walks up to the folder that holds `.git`: what git itself does, without the cost of a process. Null where only
 * git can tell.
 */
function findWorktree(from: string): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const git = statSync(join(folder, ".git"), { throwIfNoEntry: false });
    if (git?.isFile() || (git && isGitDirectory(join(folder, ".git")))) return folder;
    if (isGitDirectory(folder) || dirname(folder) === folder) return null;
  }
}

async function askGit(cwd: string): Promise<Repository> {
  const { stdout } = await runGit(
    ["rev-parse", "--is-bare-repository", "--is-inside-git-dir", "--absolute-git-dir"],
    { cwd },
  );
  const [bare, inside, gitDirectory = cwd] = stdout.toString().split("\n");
  if (bare === "true" || inside === "true") return repositoryAt(gitDirectory, null);
  const top = (await runGit(["rev-parse", "--show-toplevel"], { cwd })).stdout.toString().trimEnd();
  return repositoryAt(top, top);
}

/**
 * Opens the repository around `cwd`, a working tree or a bare repository.
 * @throws Fault NOT_A_REPOSITORY
 */
export async function openRepository(cwd: string): Promise<Repository> {
  if (!existsSync(cwd)) {
    throw new Fault("FILE_FAILED", `the folder ${cwd} does not exist`, { hint: "name a folder that does" });
  }
  if (process.env.GIT_DIR === undefined && process.env.GIT_WORK_TREE === undefined) {
    const folder = realpathSync(cwd);
    const top = findWorktree(folder);
    if (top !== null) return repositoryAt(top, top);
  }
  return askGit(cwd);
}
