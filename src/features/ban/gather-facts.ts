import type { BanFacts } from "./facts.ts";
import type { Ground } from "./ground.ts";
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

/** Goes backwards from the files of code that are tainted to production. */
async function followCode(
  ground: Ground,
  resolver: Resolver,
  importers: Importers,
  sources: SourceFiles,
): Promise<CodeFacts> {
  const tainted = await readTainted(ground, sources);
  const { reaches, broken } = await reachTainted(ground.production, tainted, importers);
  const unresolved = await findUnresolved(sources, resolver);
  const found: CodeFacts = { imports: [], spawns: [], unparsable: broken, unresolved };
  addTainted(found, tainted, reaches, resolver);
  return found;
}

/** Begins to follow code: the answer waits until {@link followCode} is asked for it. */
async function prepareCode(ground: Ground, ways: Ways): Promise<() => Promise<CodeFacts>> {
  const { tree, banned, mentions } = ground;
  const sources = new SourceFiles(banned, new Set(mentions.map(({ path }) => path)));
  const importers = new Importers(tree, ways, sources);
  await searchAhead(ground, importers);
  return () => followCode(ground, ways.resolver, importers, sources);
}

/** Follows what the search found in code, manifests and configuration. */
export async function gatherFacts(ground: Ground): Promise<Found> {
  const { tree, production, mentions } = ground;
  let read: Promise<Ways> | undefined;
  const ways = () => (read ??= readWays(tree, (path) => isGoal(production, path), production.matchPaths));
  const hasCode = mentions.some((mention) => isCode(mention.path, "text" in mention ? mention.text : ""));
  const follow = hasCode ? await prepareCode(ground, await ways()) : null;
  // git searches for importers now: the time to read the rest.
  const settings = await readSettings(ground, async () => (await ways()).resolver);
  const code = follow === null ? null : await follow();
  return {
    imports: code?.imports ?? [],
    dependencies: settings.dependencies,
    spawns: [...settings.spawns, ...(code?.spawns ?? [])],
    unparsable: [...settings.unparsable, ...(code?.unparsable ?? [])],
    unresolved: code?.unresolved ?? [],
  };
}
