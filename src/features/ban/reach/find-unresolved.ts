import type { UnresolvedFact } from "../facts.ts";
import type { Resolver } from "../resolve/resolver.ts";
import type { SourceFiles } from "./source-files.ts";

/** Imports of this repository's own code, in the files that were parsed, that lead to no file. */
export async function findUnresolved(sources: SourceFiles, resolver: Resolver): Promise<UnresolvedFact[]> {
  const unresolved: UnresolvedFact[] = [];
  for (const [path, { statements }] of await sources.all()) {
    for (const { specifier, open, typeOnly, form, line, column } of statements) {
      if (open || typeOnly || form === "url" || form === "script") continue;
      const { files, local, isGuess } = resolver.resolve(path, specifier);
      const place = { file: path, line, column, specifier };
      if (local && files.length === 0) unresolved.push(place);
      else if (isGuess) unresolved.push({ ...place, isGuess });
    }
  }
  return unresolved;
}
