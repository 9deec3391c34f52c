import type { Tree } from "../../platform/git/index.ts";
import type { Config } from "../config/index.ts";
import { type BannedPackages, bannedPackages } from "./banned-packages.ts";
import { type Alias, aliasNeedles, findAliases } from "./dependencies/find-aliases.ts";
import type { BanFacts } from "./facts.ts";
import { type Production, readProduction } from "./production.ts";
import { findMentions, type Suspect } from "./search/find-mentions.ts";
import { isCode } from "./search/is-code.ts";
import { mayBeLoaded } from "./search/may-run.ts";
import { repositoryNeedles } from "./search/repository-needles.ts";
import { scriptKind } from "./spawn/script-kind.ts";
import { nameSubmodules } from "./submodules.ts";

/** What a scan may be told beside the tree and its config. */
export interface ScanOptions {
  /** Instead of the config's `ban.production`. */
  production?: readonly string[];
}

/** An alias may itself be renamed; so many times at most. */
const MAX_RENAMES = 8;

/** The other names of banned packages, and the files that hold these names. */
async function followAliases(
  tree: Tree,
  banned: BannedPackages,
  mentions: Map<string, Suspect>,
): Promise<Alias[]> {
  const aliases: Alias[] = [];
  const names = new Set<string>();
  let fresh = [...mentions.values()];
  for (let round = 0; round < MAX_RENAMES && fresh.length > 0; round += 1) {
    const found = fresh.flatMap((mention) =>
      "text" in mention ? findAliases(mention.path, mention.text, banned, aliases) : [],
    );
    const added = found.filter(({ name, folder }) => !names.has(`${folder}\0${name}`));
    for (const { name, folder } of added) names.add(`${folder}\0${name}`);
    aliases.push(...added);
    const hits = await findMentions(tree, aliasNeedles(added));
    // A settings file may name an alias of another one, so files that were seen are asked again.
    fresh = hits;
    for (const mention of hits) mentions.set(mention.path, mention);
  }
  return aliases;
}

/** Code and scripts anywhere, manifests, and whatever else production holds; a page that mentions a name is nothing. */
function isRelevant(mention: Suspect, production: Production): boolean {
  const { path } = mention;
  const text = "text" in mention ? mention.text : "";
  if (isCode(path, text) || mayBeLoaded(mention) || scriptKind(path, text) !== null) return true;
  return /(?:^|\/)package\.json$/.test(path) || production.holds(path);
}

/**
 * Gathers what a tree shows about banned packages. One search over the bytes of all files comes first; only where
 * it finds something is anything parsed, and only from there does the scan follow imports backwards.
 * @throws Refusal when `ban.entries` names a file that is not there
 */
export async function scanTree(tree: Tree, config: Config, options: ScanOptions = {}): Promise<BanFacts> {
  const banned = bannedPackages(config.ban.packages);
  const needles = [...banned.names.map((text) => ({ text })), ...repositoryNeedles(banned.repositories)];
  const searching = findMentions(tree, needles);
  // Thrown where it is awaited; the list may be refused before.
  searching.catch(() => undefined);
  // git searches meanwhile; loading what may be needed later costs no time now.
  const gathering = import("./gather-facts.ts");
  const entries = await tree.list();
  const ban = options.production
    ? { ...config.ban, production: [...options.production], entries: [] }
    : config.ban;
  const production = readProduction(ban, entries, tree.name);
  const { openWays, gatherFacts } = await gathering;
  const { ways, looking } = openWays(tree, banned, production);
  const hits = await searching;
  const count = (kind: string) => entries.filter((entry) => entry.kind === kind).length;
  const seen = {
    tree: tree.name,
    files: count("file"),
    links: count("link"),
    submodules: count("submodule"),
  };
  const empty = { imports: [], dependencies: [], spawns: [], unparsable: [], unresolved: [] };
  const mentions = new Map(hits.map((hit) => [hit.path, hit]));
  const aliases = await followAliases(tree, banned, mentions);
  const relevant = [...mentions.values()].filter((mention) => isRelevant(mention, production));
  if (relevant.length === 0) return { ...seen, ...empty };
  await looking;
  const found = await gatherFacts({ tree, banned, aliases, production, mentions: relevant, ways });
  return { ...seen, ...found, unresolved: nameSubmodules(found.unresolved, entries) };
}
