import type { OwnershipView } from "./contract.ts";

/** How exact a glob is: the characters before its first wildcard, then all of them. */
function exactness(glob: string): [number, number] {
  const wild = glob.search(/[*?[{]/);
  return [wild < 0 ? Number.MAX_SAFE_INTEGER : wild, glob.length];
}

function isMoreExact(left: string, right: string): boolean {
  const [a, b] = [exactness(left), exactness(right)];
  return a[0] === b[0] ? a[1] > b[1] : a[0] > b[0];
}

/**
 * Who owns a file: of the paths that match it the most exact one, else the repository. As in CODEOWNERS one rule
 * decides, but the most exact and not the last, since rules here have no order.
 * @param matches tells whether a glob matches the path
 */
export function chooseOwner(
  ownerships: readonly OwnershipView[],
  { repository, path }: { repository: string; path: string | undefined },
  matches: (glob: string, path: string) => boolean,
): OwnershipView | null {
  const prefix = `${repository}:`;
  const globOf = ({ target }: OwnershipView) => target.slice(prefix.length);
  const fitting = ownerships.filter(
    (one) =>
      one.kind === "path" &&
      one.target.startsWith(prefix) &&
      path !== undefined &&
      matches(globOf(one), path),
  );
  const exact = fitting.reduce<OwnershipView | null>(
    (best, one) => (best === null || isMoreExact(globOf(one), globOf(best)) ? one : best),
    null,
  );
  return (
    exact ?? ownerships.find(({ kind, target }) => kind === "repository" && target === repository) ?? null
  );
}
