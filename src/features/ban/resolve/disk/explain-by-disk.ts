import { realpath } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import type { UnresolvedFact } from "../../facts.ts";
import type { FindOnDisk } from "./resolution.ts";

/** Defined by the build of `dist/portable/` alone. */
declare const GROWTH_ENGINE_PORTABLE: boolean | undefined;

/** Native where it is installed; the portable build takes the JavaScript that it was modelled on. */
async function loadFinder(): Promise<FindOnDisk> {
  return typeof GROWTH_ENGINE_PORTABLE === "undefined"
    ? (await import("./find-with-oxc-resolver.ts")).findWithOxcResolver()
    : (await import("./find-with-enhanced-resolve.ts")).findWithEnhancedResolve();
}

/**
 * Takes out the imports that lead to something on disk although the tree has no such file: generated code that git
 * ignores, packages linked by an install. What lies in a submodule is another repository's, which a commit of this one does not
 * hold, so that it stays.
 * @param apart submodules, as paths below `disk`
 */
export async function explainByDisk(
  unresolved: readonly UnresolvedFact[],
  disk: string,
  apart: readonly string[] = [],
): Promise<UnresolvedFact[]> {
  const find = await loadFinder();
  // The finder follows links, so the folders are compared as they really lie.
  const folders = await Promise.all(apart.map((path) => realpath(join(disk, path)).catch(() => null)));
  const liesApart = (found: string) =>
    folders.some((folder) => folder !== null && found.startsWith(folder + sep));
  return unresolved.filter(({ file, specifier }) => {
    const found = find(join(disk, dirname(file)), specifier);
    return found === null || liesApart(found);
  });
}
