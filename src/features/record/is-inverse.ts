import type { Repository } from "../../platform/git/index.ts";

/** The lines a commit takes out and puts in, file by file, without their places. */
async function patchOf(repository: Repository, commit: string, reverse: boolean): Promise<string> {
  const args = [
    "diff-tree",
    "-p",
    "-U0",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--no-renames",
    "--no-commit-id",
    "-r",
  ];
  if (reverse) args.push("-R");
  const { stdout } = await repository.git([...args, `${commit}^`, commit]);
  return stdout
    .toString("latin1")
    .split("\n")
    .filter((line) => !/^(index |@@ )/.test(line))
    .map((line) => line.replace(/^(---|\+\+\+) [ab]\//, "$1 "))
    .map((line) => line.replace(/^diff --git .*$/, "diff"))
    .join("\n");
}

/** Does the whole of `commit` undo exactly what `earlier` did, as `git revert` does? Both have one parent. */
export async function isInverse(repository: Repository, commit: string, earlier: string): Promise<boolean> {
  const [undone, done] = await Promise.all([
    patchOf(repository, commit, true),
    patchOf(repository, earlier, false),
  ]);
  return undone === done;
}
