import { Refusal } from "../../platform/errors/index.ts";
import type { TreeEntry } from "../../platform/git/index.ts";
import { matchPaths } from "../../platform/globs/index.ts";
import { CONFIG_FILE, type Config } from "../config/index.ts";

/** What counts as production. */
export interface Production {
  /** By the globs: inside `ban.production` and not in `ban.allow`. */
  holds(path: string): boolean;
  isAllowed(path: string): boolean;
  /** Is this file one from which production starts, where a search backwards ends? */
  isGoal(path: string): boolean;
  /** `ban.entries`; when there are any, code is production where they reach it. */
  entries: ReadonlySet<string>;
  /** How globs match, for whoever comes later. */
  matchPaths: typeof matchPaths;
}

/** @throws Refusal when an entry is not a file of the tree */
export function readProduction(ban: Config["ban"], entries: readonly TreeEntry[], tree: string): Production {
  const isProduction = matchPaths(ban.production);
  const isAllowed = matchPaths(ban.allow);
  const names = new Set(ban.entries.map((entry) => entry.replace(/^\.\//, "")));
  if (names.size > 0) {
    const files = new Set(entries.filter(({ kind }) => kind !== "submodule").map(({ path }) => path));
    const missing = [...names].find((name) => !files.has(name));
    if (missing !== undefined) {
      throw new Refusal("CONFIG_INVALID", `"ban.entries" names ${missing}, which is no file of ${tree}`, {
        hint: `correct "ban.entries" in ${CONFIG_FILE}`,
      });
    }
  }
  const holds = (path: string) => isProduction(path) && !isAllowed(path);
  const isGoal = (path: string) => (names.size > 0 ? names.has(path) : holds(path));
  return { holds, isAllowed, isGoal, entries: names, matchPaths };
}
