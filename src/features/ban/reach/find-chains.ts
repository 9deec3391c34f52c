import type { Importer, Importers } from "./importers.ts";

/** One importing statement of a chain. */
export interface Step {
  file: string;
  line: number;
}

/** How production reaches a file: the importing statements, the production file's first. */
export interface Chain {
  steps: Step[];
  /** The first step could not be parsed. */
  broken: boolean;
}

interface Search {
  start: string;
  /** Importer → the file that it imports, and where, on the way to the start. */
  parents: Map<string, { file: string; line: number }>;
  /** Files of the present distance, in the order in which chains through them are preferred. */
  frontier: string[];
}

function stepsFrom(search: Search, first: Importer, imported: string): Step[] {
  const steps: Step[] = [{ file: first.path, line: first.line }];
  for (let file = imported; file !== search.start; ) {
    const parent = search.parents.get(file);
    if (!parent) break;
    steps.push({ file, line: parent.line });
    file = parent.file;
  }
  return steps;
}

/** One step outwards: the chain when a goal is among the importers, else the next frontier. */
function advance(
  search: Search,
  importers: ReadonlyMap<string, readonly Importer[]>,
  isGoal: (importer: Importer) => boolean,
): Chain | null {
  let best: { importer: Importer; imported: string } | null = null;
  const next: string[] = [];
  for (const file of search.frontier) {
    for (const importer of importers.get(file) ?? []) {
      if (isGoal(importer)) {
        if (best === null || importer.path < best.importer.path) best = { importer, imported: file };
      } else if (!importer.link && !search.parents.has(importer.path) && importer.path !== search.start) {
        search.parents.set(importer.path, { file, line: importer.line });
        next.push(importer.path);
      }
    }
  }
  search.frontier = next.sort();
  return best === null
    ? null
    : { steps: stepsFrom(search, best.importer, best.imported), broken: best.importer.broken };
}

/**
 * The shortest chain from a goal to each file, equal ones by path order; files that no goal reaches have none.
 * All searches go outwards together, so that each distance costs one search of the tree.
 */
export async function findChains(
  starts: readonly string[],
  importers: Importers,
  isGoal: (importer: Importer) => boolean,
): Promise<Map<string, Chain>> {
  const chains = new Map<string, Chain>();
  let searches: Search[] = [...new Set(starts)]
    .sort()
    .map((start) => ({ start, parents: new Map(), frontier: [start] }));
  while (searches.length > 0) {
    const known = await importers.of([...new Set(searches.flatMap(({ frontier }) => frontier))]);
    for (const search of searches) {
      const chain = advance(search, known, isGoal);
      if (chain) chains.set(search.start, chain);
    }
    searches = searches.filter(({ start, frontier }) => !chains.has(start) && frontier.length > 0);
  }
  return chains;
}
