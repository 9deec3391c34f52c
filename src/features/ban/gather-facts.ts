import type { Tree } from "../../platform/git/index.ts";
import type { BannedPackages } from "./banned-packages.ts";
import type { BanFacts } from "./facts.ts";
import type { Ground } from "./ground.ts";
import type { Production } from "./production.ts";
import { findUnresolved } from "./reach/find-unresolved.ts";
import { lookAhead, lookAheadOutside } from "./reach/look-ahead.ts";
import { findStartedFiles, type StartedFiles } from "./reach/started-files.ts";
import { Ways } from "./reach/ways.ts";
import { type Reached, reachTainted } from "./reach-tainted.ts";
import { type Asked, readSettings } from "./read-settings.ts";
import { readTainted, type TaintedFile } from "./read-tainted.ts";
import type { Resolver } from "./resolve/resolver.ts";
import { isCode } from "./search/is-code.ts";
import { mayBeLoaded } from "./search/may-run.ts";

type CodeFacts = Pick<BanFacts, "imports" | "spawns" | "unparsable" | "unresolved">;
/** The ways of a tree, and what is done when the first look along them is. */
export interface OpenWays {
  ways: Ways;
  looking: Promise<void>;
}

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
async function followCode({ ways, ...ground }: Ground, starting: Asked["starting"]): Promise<CodeFacts> {
  const { sources } = ways;
  const resolver = await ways.resolver();
  const importers = await ways.importers();
  const tainted = await readTainted(ground, sources, importers, starting);
  const { reaches, broken } = await reachTainted(ground.production, tainted, importers, starting);
  const unresolved = await findUnresolved(sources, resolver);
  const found: CodeFacts = { imports: [], spawns: [], unparsable: broken, unresolved };
  addTainted(found, tainted, reaches, resolver);
  return found;
}

/** Opens the ways of a tree, and begins to look along those that are likely to be asked for. */
export function openWays(tree: Tree, banned: BannedPackages, production: Production): OpenWays {
  const ways = new Ways(tree, banned, production);
  const looking = lookAheadOutside(ways, banned.names);
  // Thrown where it is awaited, if ever.
  looking.catch(() => undefined);
  return { ways, looking };
}

/** Asks which files production runs. */
async function beginStarted(
  { tree, production }: Ground,
  resolving: Asked["resolving"],
): Promise<StartedFiles> {
  return findStartedFiles(tree, production, await resolving());
}

/** Follows what the search found in code, manifests and configuration. */
export async function gatherFacts(ground: Ground): Promise<Found> {
  const { ways, banned, aliases, production, mentions } = ground;
  const resolving = () => ways.resolver();
  let started: Promise<StartedFiles> | undefined;
  const starting = () => (started ??= beginStarted(ground, resolving));
  const hasCode = mentions.some(
    (mention) => isCode(mention.path, "text" in mention ? mention.text : "") || mayBeLoaded(mention),
  );
  ways.sources.mentions = new Set(mentions.map(({ path }) => path));
  const names = [...banned.names, ...aliases.map(({ name }) => name.replace(/\*.*$/, ""))];
  if (hasCode) await lookAhead(ways, names, mentions, production.isGoal);
  // git searches for importers now: the time to read the rest.
  const settings = await readSettings(ground, { resolving, starting });
  const code = hasCode ? await followCode(ground, starting) : null;
  return {
    imports: code?.imports ?? [],
    dependencies: settings.dependencies,
    spawns: [...settings.spawns, ...(code?.spawns ?? [])],
    unparsable: [...settings.unparsable, ...(code?.unparsable ?? [])],
    unresolved: code?.unresolved ?? [],
  };
}
