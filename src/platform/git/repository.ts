import { existsSync, realpathSync } from "node:fs";
import { Fault } from "../errors/index.ts";
import { findWorktree } from "./git-directory.ts";
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
