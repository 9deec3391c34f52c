import type { Difference } from "../../../platform/git/index.ts";

/** What stands at a path: an id, or null for nothing. */
export type Ids = ReadonlyMap<string, string | null>;

/**
 * Paths that the head holds otherwise than a run did. The run held a commit's content but for `own`; between that commit
 * and the head lie `since`. So the two need share no history: content alone is compared.
 * @param own what the run held otherwise than the commit
 * @param since what the head holds otherwise than the commit
 * @returns sorted
 */
export function compareContent(own: Ids, since: readonly Difference[]): string[] {
  const head = new Map(since.map(({ path, id }) => [path, id]));
  const differing = [...own]
    .filter(([path, id]) => !head.has(path) || head.get(path) !== id)
    .map(([path]) => path);
  const later = since.map(({ path }) => path).filter((path) => !own.has(path));
  return [...differing, ...later].sort();
}
