import { dirname, relative, sep } from "node:path";
import type { ModuleBan } from "../module-ban.ts";
import type { BuildGraph, BuildModule } from "./build-graph.ts";
import { type BannedPackageOf, type BuildChain, findBuildChains } from "./find-build-chains.ts";
import type { BuildFact } from "./judge-build.ts";
import { locateImport } from "./locate-import.ts";

/** The folders from which an external is imported: what lies under its name may differ between them. */
function importingFolders(graph: BuildGraph): Map<string, Set<string>> {
  const folders = new Map<string, Set<string>>();
  for (const { file, imports } of graph.values()) {
    for (const id of imports) {
      if (file === null || (graph.get(id)?.external ?? null) === null) continue;
      folders.set(id, (folders.get(id) ?? new Set()).add(dirname(file)));
    }
  }
  return folders;
}

function asksOnce(graph: BuildGraph, root: string, ban: ModuleBan): BannedPackageOf {
  const answers = new Map<string, string | null>();
  const folders = importingFolders(graph);
  const ask = ({ id, file, external }: BuildModule): string | null => {
    if (external === null) return ban.ofFile(file ?? id);
    for (const folder of folders.get(id) ?? [root]) {
      const name = ban.ofSpecifier(external, folder);
      if (name !== null) return name;
    }
    return null;
  };
  return (module) => {
    const known = answers.get(module.id);
    if (known !== undefined) return known;
    const name = ask(module);
    answers.set(module.id, name);
    return name;
  };
}

/** What the facts are gathered from. */
export interface BuildGround {
  graph: BuildGraph;
  /** Absolute path to which the places of findings are relative. */
  root: string;
  ban: ModuleBan;
}

function shown({ file, id }: BuildModule, root: string): string {
  return file === null ? id.replaceAll("\0", "") : relative(root, file).split(sep).join("/");
}

async function factOf(chain: BuildChain, { graph, root, ban }: BuildGround): Promise<BuildFact> {
  const way = [...chain.importers, chain.target].flatMap((id) => graph.get(id) ?? []);
  const steps: BuildFact["steps"] = [];
  for (const [at, from] of way.slice(0, -1).entries()) {
    const to = way[at + 1];
    // Modules that a plugin puts between two files show nothing that anybody wrote.
    if (from.file === null || to === undefined || steps.at(-1)?.file === shown(from, root)) continue;
    const next = way
      .slice(at + 1)
      .find(({ file, external }) => (file ?? external) !== null && file !== from.file);
    steps.push({ file: shown(from, root), line: await locateImport(from.file, next ?? to, ban) });
  }
  const target = graph.get(chain.target);
  const isExternal = (target?.external ?? null) !== null;
  const name = target === undefined ? chain.target : (target.external ?? shown(target, root));
  return { package: chain.package, steps, target: name, isExternal };
}

/** The banned packages that ended up in a build, each with the statements that lead to it. */
export async function gatherBuild(ground: BuildGround): Promise<BuildFact[]> {
  const chains = findBuildChains(ground.graph, asksOnce(ground.graph, ground.root, ground.ban));
  const facts: BuildFact[] = [];
  for (const chain of chains) facts.push(await factOf(chain, ground));
  return facts;
}
