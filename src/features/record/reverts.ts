import { createHash } from "node:crypto";
import type { CommitChanges, Repository } from "../../platform/git/index.ts";

/** Text of every file, whatever attributes and settings of the repository say of it. */
const PATCH = ["diff-tree", "-p", "-U0", "--text", "--no-color", "--no-ext-diff", "--no-textconv"];

/** Sums per range at most. A branch that rewrites more often than this is not made of reverts. */
const MAX_SUMS = 300;

/** A sum of the lines that a commit takes out and puts in, file by file, without their places. */
async function patchSum(
  repository: Repository,
  { commit, parent }: CommitChanges,
  reverse: boolean,
): Promise<string> {
  const args = [...PATCH, "--no-renames", "--src-prefix=a/", "--dst-prefix=b/", "-r"];
  if (reverse) args.push("-R", "--src-prefix=b/", "--dst-prefix=a/");
  const { stdout } = await repository.git([...args, parent, commit.id]);
  const lines = stdout.toString("latin1").split("\n");
  const said = lines.filter((line) => !/^(index |@@ )/.test(line));
  return createHash("sha256").update(said.join("\n"), "latin1").digest("hex");
}

function pathsOf({ changes }: CommitChanges): string {
  return changes.map(({ path }) => path).join("\0");
}

/** Knows whether a whole commit is the exact inverse of an earlier one, as `git revert` makes it. */
export class Reverts {
  readonly #repository: Repository;
  readonly #all: readonly CommitChanges[];
  readonly #sums = new Map<string, string>();

  /** @param all what each commit of a range did to the records, parents before children */
  constructor(repository: Repository, all: readonly CommitChanges[]) {
    this.#repository = repository;
    this.#all = all;
  }

  async #sum(of: CommitChanges, reverse: boolean): Promise<string | null> {
    const key = `${of.commit.id} ${of.parent} ${reverse}`;
    const known = this.#sums.get(key);
    if (known !== undefined) return known;
    if (this.#sums.size >= MAX_SUMS) return null;
    const sum = await patchSum(this.#repository, of, reverse);
    this.#sums.set(key, sum);
    return sum;
  }

  async isRevert(of: CommitChanges): Promise<boolean> {
    if (of.commit.parents.length !== 1) return false;
    const paths = pathsOf(of);
    const candidates = this.#all.slice(0, this.#all.indexOf(of));
    for (const earlier of candidates.filter((candidate) => pathsOf(candidate) === paths)) {
      const [undone, done] = [await this.#sum(of, true), await this.#sum(earlier, false)];
      if (undone !== null && undone === done) return true;
    }
    return false;
  }
}
