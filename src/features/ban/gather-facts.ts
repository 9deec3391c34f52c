import type { Tree } from "../../platform/git/index.ts";
import type { BanFacts } from "./facts.ts";
import type { Ground } from "./ground.ts";
import type { Production } from "./production.ts";
import { findUnresolved } from "./reach/find-unresolved.ts";
import { Importers } from "./reach/importers.ts";
import { SourceFiles } from "./reach/source-files.ts";
import { readWays, type Ways } from "./reach/ways.ts";
import { isGoal, type Reached, reachTainted, searchAhead } from "./reach-tainted.ts";
import { readSettings } from "./read-settings.ts";
import { readTainted, type TaintedFile } from "./read-tainted.ts";
import type { Resolver } from "./resolve/resolver.ts";
import { isCode } from "./search/is-code.ts";

type CodeFacts = Pick<BanFacts, "imports" | "spawns" | "unparsable" | "unresolved">;
type Found = Omit<BanFacts, "tree" | "files" | "links" | "submodules">;

/** What the tainted files that production reaches do. */
function addTainted(
  found: CodeFacts,
  tainted: readonly TaintedFile[],
  reaches: Reached["reaches"],
  resolver: Resolver,
): void {
  for (const { path: file, named, spawns, broken } of tainted) {
    const reach = reaches.get(file);
    if (!reach) continue;
    for (const { open: _, inlineTypes, ...statement } of named) {
      const typeOnly = statement.typeOnly && !(inlineTypes && resolver.keepsInlineTypes(file));
      found.imports.push({ file, ...statement, typeOnly, reach });
    }
    for (const spawn of spawns) found.spawns.push({ file, ...spawn, reach });
    if (broken) found.unparsable.push({ file, ...broken, reach });
  }
}

/** Parses the files of code, and goes backwards from those that are tainted to production. */
async function followCode(ground: Ground, ways: Ways): Promise<CodeFacts> {
  const { tree, banned, production, mentions, disk } = ground;
  const sources = new SourceFiles(banned, new Set(mentions.map(({ path }) => path)));
  const importers = new Importers(tree, ways, sources);
  const [tainted] = await Promise.all([readTainted(ground, sources), searchAhead(ground, importers)]);
  const { reaches, broken } = await reachTainted(production, tainted, importers);
  const found: CodeFacts = {
    imports: [],
    spawns: [],
    unparsable: broken,
    unresolved: await findUnresolved(sources, ways.resolver, disk),
  };
  addTainted(found, tainted, reaches, ways.resolver);
  return found;
}

/** What following imports needs, read once, when it is first asked for. */
export function prepareWays(tree: Tree, production: Production): () => Promise<Ways> {
  let read: Promise<Ways> | undefined;
  return () => (read ??= readWays(tree, (path) => isGoal(production, path)));
}

/** Follows what the search found in code, manifests and configuration. */
export async function gatherFacts(ground: Ground, ways: () => Promise<Ways>): Promise<Found> {
  const hasCode = ground.mentions.some((mention) =>
    isCode(mention.path, "text" in mention ? mention.text : ""),
  );
  const [code, settings] = await Promise.all([
    hasCode ? ways().then((read) => followCode(ground, read)) : null,
    readSettings(ground, async () => (await ways()).resolver),
  ]);
  return {
    imports: code?.imports ?? [],
    dependencies: settings.dependencies,
    spawns: [...settings.spawns, ...(code?.spawns ?? [])],
    unparsable: [...settings.unparsable, ...(code?.unparsable ?? [])],
    unresolved: code?.unresolved ?? [],
  };
}
