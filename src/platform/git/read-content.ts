import { lstatSync } from "node:fs";
import { join } from "node:path";
import { type OwnGit, withOwnIndex } from "./own-index.ts";
import type { Repository } from "./repository.ts";
import { splitZero } from "./run-git.ts";
import { idWithout } from "./tree-without.ts";

/** A path that two trees hold differently, and what the later one holds there. */
export interface Difference {
  path: string;
  /** Id of the file, link or submodule; null where there is none. */
  id: string | null;
}

/** What a working tree holds that git would commit: all but what is ignored. */
export interface WorkingContent {
  /** Id of the git tree without the folder that was left out. */
  tree: string;
  /** What differs from the commit asked about, in path order; null when none was asked about. */
  differences: Difference[] | null;
}

const NO_ID = /^0+$/;

function readDifferences(words: readonly string[]): Difference[] {
  const found: Difference[] = [];
  for (let at = 0; at + 1 < words.length; at += 2) {
    const [, , , id = ""] = words[at]?.split(" ") ?? [];
    found.push({ path: words[at + 1] ?? "", id: NO_ID.test(id) ? null : id });
  }
  return found;
}

const DIFF = ["diff-tree", "-r", "-z", "--raw", "--no-abbrev", "--no-renames", "--no-ext-diff"];

/** Links and submodules too, unlike `listChanges`. */
export async function listDifferences(
  git: (args: string[]) => Promise<{ stdout: Buffer }>,
  from: string,
  to: string,
  without: string,
): Promise<Difference[]> {
  const { stdout } = await git([...DIFF, "--end-of-options", from, to]);
  return readDifferences(splitZero(stdout)).filter(({ path }) => !path.startsWith(`${without}/`));
}

/** Marks of `git ls-files -v` under which git would not look at a file: assumed unchanged, or not checked out. */
const UNWATCHED = /^[a-zS] /;

/** Nobody can hide a change from a recorder by telling git not to look: in the copy of the index, git looks. */
async function lookAtAll(git: OwnGit, folder: string): Promise<void> {
  const marked = splitZero((await git(["ls-files", "-v", "-z"])).stdout).filter((line) =>
    UNWATCHED.test(line),
  );
  const paths = marked.map((line) => line.slice(2)).filter((path) => isThere(join(folder, path)));
  if (paths.length === 0) return;
  const input = `${paths.join("\0")}\0`;
  for (const mark of ["--no-assume-unchanged", "--no-skip-worktree"])
    await git(["update-index", mark, "-z", "--stdin"], input);
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/**
 * What the working tree holds as git would commit all of it, without touching the user's index or writing an object:
 * files that are not ignored, tracked or not, with the user's line end and clean filters.
 * @param without a top folder that is left out
 * @param since commit with which to compare
 * @throws Fault GIT_FAILED where git cannot tell: a file that cannot be read, a repository inside without a commit
 */
export function readContent(
  repository: Repository,
  { without, since }: { without: string; since?: string | null },
): Promise<WorkingContent> {
  return withOwnIndex(repository, async (git) => {
    await lookAtAll(git, repository.folder);
    await git(["add", "--all"]);
    const whole = (await git(["write-tree"])).stdout.toString().trim();
    const object = (await git(["cat-file", "tree", whole])).stdout;
    const differences = since ? await listDifferences(git, since, whole, without) : null;
    return { tree: idWithout(object, whole, without), differences };
  });
}
