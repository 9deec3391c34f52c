import { type Change, type CommitChanges, listChanges, type Repository } from "../../platform/git/index.ts";
import { findMissing } from "./compare-lines.ts";
import type { LineVersions } from "./line-versions.ts";
import { RECORD_FOLDER } from "./record-path.ts";

/** What one parent of a merge did to the records since it and another parent parted, by path. */
type Side = ReadonlyMap<string, Change>;

function countOf(lines: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}

/** What the other parents of merge commits brought. They were judged commit by commit, or belong to the target. */
export class MergeSides {
  readonly #repository: Repository;
  readonly #versions: LineVersions;
  readonly #sides = new Map<string, Promise<Side[]>>();

  constructor(repository: Repository, versions: LineVersions) {
    this.#repository = repository;
    this.#versions = versions;
  }

  async #read(parent: string, other: string): Promise<Side[]> {
    const asked = await this.#repository.git(["merge-base", "--all", parent, other], { accept: [0, 1] });
    const forks = asked.stdout.toString().split("\n").filter(Boolean);
    return Promise.all(
      forks.map(async (fork) => {
        const changes = await listChanges(this.#repository, fork, other, RECORD_FOLDER);
        return new Map(changes.map((change) => [change.path, change]));
      }),
    );
  }

  /** Changes that the other parents made to one path. */
  async #others({ commit, parent }: CommitChanges, path: string): Promise<Change[]> {
    const found: Change[] = [];
    for (const other of commit.parents.filter((id) => id !== parent)) {
      const key = `${parent} ${other}`;
      const sides = this.#sides.get(key) ?? this.#read(parent, other);
      this.#sides.set(key, sides);
      for (const side of await sides)
        found.push(...[side.get(path)].filter((change) => change !== undefined));
    }
    return found;
  }

  /** Did only another parent touch the file, and the merge took its version, as git does by itself? */
  async isTakenOver(of: CommitChanges, { path, oldBlob, newBlob }: Change): Promise<boolean> {
    const others = await this.#others(of, path);
    return others.some((other) => other.oldBlob === oldBlob && other.newBlob === newBlob);
  }

  /**
   * Lines of a parent for which the merge does not answer: another parent took them out, or holds them in another
   * order which the merge keeps (after criss-cross merges no order suits both).
   */
  async excusedLines(of: CommitChanges, { path, newBlob }: Change): Promise<Set<string>> {
    const excused = new Set<string>();
    const merged = (await this.#versions.of(newBlob)) ?? [];
    for (const other of await this.#others(of, path)) {
      const before = (await this.#versions.of(other.oldBlob)) ?? [];
      const after = (await this.#versions.of(other.newBlob)) ?? [];
      const left = countOf(after);
      for (const [line, count] of countOf(before)) if (count > (left.get(line) ?? 0)) excused.add(line);
      if (findMissing(after, merged).missing.length === 0) for (const line of after) excused.add(line);
    }
    return excused;
  }
}
