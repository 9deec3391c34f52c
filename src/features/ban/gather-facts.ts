import type { BanFacts } from "./facts.ts";
import type { Ground } from "./ground.ts";
import { findUnresolved } from "./reach/find-unresolved.ts";
import { Importers } from "./reach/importers.ts";
import { SourceFiles } from "./reach/source-files.ts";
import { isGoal, type Reached, reachTainted, searchAhead } from "./reach-tainted.ts";
import { readSettings } from "./read-settings.ts";
import { readTainted, type TaintedFile } from "./read-tainted.ts";
import { readResolver } from "./resolve/read-resolver.ts";
import type { Resolver } from "./resolve/resolver.ts";
import { isCode } from "./search/is-code.ts";

type Found = Omit<BanFacts, "tree" | "files" | "links" | "submodules">;

/** What the tainted files that production reaches do. */
function addTainted(
  found: Found,
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
async function followCode(ground: Ground, found: Found, resolver: Resolver): Promise<void> {
  const { tree, banned, production, mentions, disk } = ground;
  const sources = new SourceFiles(banned, new Set(mentions.map(({ path }) => path)));
  const importers = new Importers(tree, resolver, sources, (path) => isGoal(production, path));
  const [tainted] = await Promise.all([readTainted(ground, sources), searchAhead(ground, importers)]);
  const { reaches, broken } = await reachTainted(production, tainted, importers);
  found.unparsable.push(...broken);
  addTainted(found, tainted, reaches, resolver);
  found.unresolved.push(...(await findUnresolved(sources, resolver, disk)));
}

/** Follows what the search found in code, manifests and configuration. */
export async function gatherFacts(ground: Ground): Promise<Found> {
  let read: Promise<Resolver> | undefined;
  const resolving = () => (read ??= readResolver(ground.tree));
  const settings = await readSettings(ground, resolving);
  const found: Found = { imports: [], unresolved: [], ...settings };
  const hasCode = ground.mentions.some((mention) =>
    isCode(mention.path, "text" in mention ? mention.text : ""),
  );
  if (hasCode) await followCode(ground, found, await resolving());
  return found;
}
