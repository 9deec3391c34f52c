import type { Tree } from "../../../platform/git/index.ts";
import type { MatchPaths } from "../resolve/manifests.ts";
import { readResolver } from "../resolve/read-resolver.ts";
import type { Resolver } from "../resolve/resolver.ts";
import { findOutside, type OutsideProduction } from "./outside-production.ts";

/** What following imports backwards needs to know of the whole tree. */
export interface Ways {
  resolver: Resolver;
  /** The code outside of production; null when it is too much for a search of its own. */
  outside: OutsideProduction | null;
}

/** @param isGoal answers whether a search backwards ends at a file */
export async function readWays(
  tree: Tree,
  isGoal: (path: string) => boolean,
  matchPaths: MatchPaths,
): Promise<Ways> {
  const resolver = await readResolver(tree, matchPaths);
  return { resolver, outside: findOutside(resolver.files.paths(), isGoal) };
}
