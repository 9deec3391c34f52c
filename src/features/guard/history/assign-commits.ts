import type { Commit } from "../../../platform/git/index.ts";
import type { LinePull } from "./split-pulls.ts";

/** What a past pull request brought. */
export interface Brought {
  /** Commits of the head that the base lacks, parents before children. */
  commits: Commit[];
  /** Commits from which these began, and which the base holds. */
  forks: string[];
}

/** Every commit below `from` that nobody has taken yet. */
function takeBelow(
  from: readonly string[],
  known: ReadonlyMap<string, Commit>,
  taken: Set<string>,
): Commit[] {
  const found: Commit[] = [];
  const waiting = [...from];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const commit = known.get(id);
    if (commit === undefined || taken.has(id)) continue;
    taken.add(id);
    found.push(commit);
    waiting.push(...commit.parents);
  }
  return found;
}

/**
 * Gives each commit to the first pull request that brought it: what `git rev-list head ^base` answers for each, for
 * the price of one walk over all of them.
 * @param pulls oldest first, the base of each being the end of the one before
 * @param commits all that the newest holds and the oldest base lacks, parents before children
 */
export function assignCommits(pulls: readonly LinePull[], commits: readonly Commit[]): Brought[] {
  const known = new Map(commits.map((commit) => [commit.id, commit]));
  const order = new Map(commits.map(({ id }, index) => [id, index]));
  const taken = new Set<string>();
  return pulls.map(({ head, end }) => {
    const brought = takeBelow([head], known, taken);
    const own = new Set(brought.map(({ id }) => id));
    const forks = new Set(brought.flatMap(({ parents }) => parents.filter((parent) => !own.has(parent))));
    // The merge itself stands in the next one's base.
    takeBelow([end.id], known, taken);
    brought.sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
    return { commits: brought, forks: [...forks] };
  });
}
