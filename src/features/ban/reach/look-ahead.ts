import type { Suspect } from "../search/find-mentions.ts";
import { isCode } from "../search/is-code.ts";
import type { Ways } from "./ways.ts";

/** More files than this are looked for only when it is certain that they must be. */
const MAX_AHEAD = 20;
const QUOTES = ['"', "'", "`"];

/** Most names in quotes are imports. Names in a disguise are found later, and slower. */
function pathsNaming(names: readonly string[], suspects: readonly Suspect[]): string[] {
  const isLikely = (text: string) =>
    names.some((name) => text.includes(name) && QUOTES.some((quote) => text.includes(quote + name)));
  return suspects.flatMap((suspect) =>
    "text" in suspect && isCode(suspect.path, suspect.text) && isLikely(suspect.text) ? [suspect.path] : [],
  );
}

/** Begins the searches for what imports these files, and loads what will parse it. */
async function searchAhead(ways: Ways, paths: readonly string[]): Promise<void> {
  if (paths.length === 0 || paths.length > MAX_AHEAD) return;
  await (await ways.importers()).searchAhead(paths);
  const { loadParser } = await import("../parse/parse-source.ts");
  // A library of its own, which takes milliseconds: git searches meanwhile.
  await loadParser();
}

/** While the files are parsed, git may already look for those that import them. */
export async function lookAhead(
  ways: Ways,
  names: readonly string[],
  suspects: readonly Suspect[],
  isGoal: (path: string) => boolean,
): Promise<void> {
  await searchAhead(
    ways,
    pathsNaming(names, suspects).filter((path) => !isGoal(path)),
  );
}

/**
 * While git still searches everything for the names, the little code outside of production is read here: what names
 * a banned package there will be asked for next.
 */
export async function lookAheadOutside(ways: Ways, names: readonly string[]): Promise<void> {
  const outside = await ways.outside();
  if (outside === null || "pathspecs" in outside) return;
  await searchAhead(ways, pathsNaming(names, await outside.read()));
}
