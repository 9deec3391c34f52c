import { dirname, join } from "node:path";
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
 * ignores, packages linked by an install.
 */
export async function explainByDisk(
  unresolved: readonly UnresolvedFact[],
  disk: string,
): Promise<UnresolvedFact[]> {
  const finds = await loadFinder();
  return unresolved.filter(({ file, specifier }) => !finds(join(disk, dirname(file)), specifier));
}
