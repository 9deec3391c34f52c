import { posix } from "node:path";
import type { TreeEntry } from "../../platform/git/index.ts";
import type { UnresolvedFact } from "./facts.ts";

/** Does a path lie in a folder, or is it the folder? Both with `/`. */
export function liesIn(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** The folders of a tree that are repositories of their own. */
export function submodulesOf(entries: readonly TreeEntry[]): string[] {
  return entries.filter(({ kind }) => kind === "submodule").map(({ path }) => path);
}

/** Says of each relative import into a submodule that it leads there. The same for a commit and for the disk. */
export function nameSubmodules(
  unresolved: readonly UnresolvedFact[],
  entries: readonly TreeEntry[],
): UnresolvedFact[] {
  const submodules = submodulesOf(entries);
  return unresolved.map((fact) => {
    if (!fact.specifier.startsWith(".")) return fact;
    const path = posix.join(posix.dirname(fact.file), fact.specifier);
    const submodule = submodules.find((folder) => liesIn(path, folder));
    return submodule === undefined ? fact : { ...fact, submodule };
  });
}
