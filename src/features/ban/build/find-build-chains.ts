import type { BuildGraph, BuildModule } from "./build-graph.ts";

/** How a banned package came into a build. */
export interface BuildChain {
  package: string;
  /** Ids of the modules from an entry to the one that imports the package; none when nothing does. */
  importers: string[];
  /** The module of the package that the last of them imports. */
  target: string;
}

/** The banned package that a module belongs to, or null. `importers` are those of an external. */
export type BannedPackageOf = (module: BuildModule) => string | null;

/** Breadth first, so that the way to each module is a shortest one. Never through a banned module. */
function waysFromEntries(graph: BuildGraph, packageOf: BannedPackageOf): Map<string, string | null> {
  const cameFrom = new Map<string, string | null>();
  const waiting: BuildModule[] = [];
  const visit = (id: string, from: string | null) => {
    const module = graph.get(id);
    if (module === undefined || cameFrom.has(id) || packageOf(module) !== null) return;
    cameFrom.set(id, from);
    waiting.push(module);
  };
  const imported = new Set([...graph.values()].flatMap(({ imports }) => imports));
  for (const { id, isEntry } of graph.values()) if (isEntry) visit(id, null);
  // What nobody imports and no bundler calls an entry was put in by a plugin: it begins a way as well.
  for (const { id } of graph.values()) if (!imported.has(id)) visit(id, null);
  for (const module of waiting) for (const id of module.imports) visit(id, module.id);
  return cameFrom;
}

function wayTo(id: string, cameFrom: ReadonlyMap<string, string | null>): string[] {
  const way: string[] = [];
  for (let at: string | null | undefined = id; typeof at === "string"; at = cameFrom.get(at)) way.unshift(at);
  return way;
}

/** Each import of a banned package that ended up in the output, once for each importing module and package. */
function importsOf(graph: BuildGraph, packageOf: BannedPackageOf): BuildChain[] {
  const cameFrom = waysFromEntries(graph, packageOf);
  const chains = new Map<string, BuildChain>();
  for (const { id, imports } of graph.values()) {
    if (!cameFrom.has(id)) continue;
    for (const target of imports) {
      const module = graph.get(target);
      const name = module?.isIncluded ? packageOf(module) : null;
      if (name === null || chains.has(`${id}\0${name}`)) continue;
      chains.set(`${id}\0${name}`, { package: name, importers: wayTo(id, cameFrom), target });
    }
  }
  return [...chains.values()];
}

/**
 * The chains by which banned packages ended up in a build. What only another banned package brings is not named:
 * cutting the first mends it.
 */
export function findBuildChains(graph: BuildGraph, packageOf: BannedPackageOf): BuildChain[] {
  const chains = importsOf(graph, packageOf);
  if (chains.length > 0) return chains;
  const alone = new Map<string, BuildChain>();
  for (const module of graph.values()) {
    const name = module.isIncluded ? packageOf(module) : null;
    if (name !== null && !alone.has(name))
      alone.set(name, { package: name, importers: [], target: module.id });
  }
  return [...alone.values()];
}
