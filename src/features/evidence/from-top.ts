import { relative, resolve, sep } from "node:path";
import { Refusal } from "../../platform/errors/index.ts";
import type { Repository } from "../../platform/git/index.ts";

/** The asked paths, from the top of the repository. `.` at the top is the empty path: everything. */
export function fromTop(repository: Repository, words: readonly string[], cwd: string): string[] {
  return words.map((word) => {
    const path = relative(repository.worktree ?? cwd, resolve(cwd, word))
      .split(sep)
      .join("/");
    if (path !== ".." && !path.startsWith("../") && resolve(cwd, path) !== path) return path;
    throw new Refusal("INPUT_INVALID", `${word} lies outside the repository`, {
      hint: "name files or folders below artifacts/",
    });
  });
}
