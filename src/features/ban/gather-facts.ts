import type { Tree } from "../../platform/git/index.ts";
import type { BannedPackages } from "./banned-packages.ts";
import { type Alias, matchAlias } from "./dependencies/find-aliases.ts";
import { findDependencies } from "./dependencies/find-dependencies.ts";
import type { BanFacts, DependencyFact, Reach, SpawnFact, UnparsableFact } from "./facts.ts";
import { mustParse } from "./parse/parse-source.ts";
import type { Statement } from "./parse/statement.ts";
import type { Production } from "./production.ts";
import { findChains } from "./reach/find-chains.ts";
import { findUnresolved } from "./reach/find-unresolved.ts";
import { Importers } from "./reach/importers.ts";
import { SourceFiles } from "./reach/source-files.ts";
import { folderOf, liesIn } from "./resolve/paths.ts";
import { readResolver } from "./resolve/read-resolver.ts";
import { bareSpecifier, type Resolver } from "./resolve/resolver.ts";
import type { Suspect } from "./search/find-mentions.ts";
import { isCode } from "./search/is-code.ts";
import { findConfigSpawns } from "./spawn/find-config-spawns.ts";

/** Where something was found, and what is needed to follow it. */
export interface Ground {
  tree: Tree;
  banned: BannedPackages;
  aliases: readonly Alias[];
  production: Production;
  mentions: readonly Suspect[];
  disk: string | null;
}

type Found = Omit<BanFacts, "tree" | "files" | "links" | "submodules">;
type Named = Statement & { package: string };

/** What one file of code does with banned packages. */
interface TaintedFile {
  path: string;
  named: Named[];
  spawns: { package: string; command: string; line: number }[];
  broken: { reason: string; line: number } | null;
}

/** More files than this are looked for only when it is certain that they must be. */
const MAX_AHEAD = 20;
const HERE: Reach = { steps: [], entry: null };

function isManifest(path: string): boolean {
  return path === "package.json" || path.endsWith("/package.json");
}

/** The banned package that a statement names, also under another name. */
function packageNamed({ banned, aliases }: Ground, path: string, statement: Statement): string | null {
  const specifier = bareSpecifier(statement.specifier);
  // Of a specifier that goes on, the name must be complete.
  if (statement.open && !/^(?:@[^/]+\/)?[^/@]+\//.test(specifier)) return null;
  return banned.match(specifier) ?? matchAlias(aliases, path, specifier);
}

/** One statement may offer the same package twice, as `a ? "x" : "x/y"` does. */
function nameOnce(statements: readonly Named[]): Named[] {
  const seen = new Map(statements.map((named) => [`${named.line}:${named.column}:${named.package}`, named]));
  return [...seen.values()];
}

async function readTainted(
  ground: Ground,
  sources: SourceFiles,
  mention: Suspect,
): Promise<TaintedFile | null> {
  const { path } = mention;
  if ("tooLarge" in mention) {
    const reason = `it has ${mention.tooLarge} bytes`;
    return isCode(path, "") ? { path, named: [], spawns: [], broken: { reason, line: 1 } } : null;
  }
  if (!isCode(path, mention.text)) return null;
  const { statements, spawns, broken } = await sources.parse(path, mention.text);
  const named = statements.flatMap((statement) => {
    const match = packageNamed(ground, path, statement);
    return match === null ? [] : [{ ...statement, package: match }];
  });
  const tainted = { path, named: nameOnce(named), spawns, broken: mustParse(path) ? broken : null };
  return named.length + spawns.length > 0 || tainted.broken !== null ? tainted : null;
}

/** Only what is erased: such a file takes nothing along when production reaches it. */
function isHarmless({ named, spawns, broken }: TaintedFile): boolean {
  return spawns.length === 0 && broken === null && named.every(({ typeOnly }) => typeOnly);
}

/** Is this file one from which production starts? */
function isGoal({ entries, holds }: Production, path: string): boolean {
  return entries.size > 0 ? entries.has(path) : holds(path);
}

/** While the files are parsed, git may already look for those that import them: most names in quotes are imports. */
function searchAhead({ production, mentions, banned, aliases }: Ground, importers: Importers): void {
  const names = [...banned.names, ...aliases.map(({ name }) => name.replace(/\*.*$/, ""))];
  const isLikely = (text: string) =>
    names.some((name) => ['"', "'", "`"].some((quote) => text.includes(quote + name)));
  const likely = mentions.filter(
    (mention) =>
      "text" in mention &&
      !isGoal(production, mention.path) &&
      isCode(mention.path, mention.text) &&
      isLikely(mention.revealed),
  );
  if (likely.length > 0 && likely.length <= MAX_AHEAD) importers.searchAhead(likely.map(({ path }) => path));
}

/** How production comes to each tainted file; files that it does not reach have no entry. */
async function reachAll(
  { production }: Ground,
  tainted: readonly TaintedFile[],
  importers: Importers,
): Promise<[reaches: Map<string, Reach>, broken: UnparsableFact[]]> {
  const byEntries = production.entries.size > 0;
  const reaches = new Map<string, Reach>();
  for (const { path } of tainted) {
    if (isGoal(production, path)) reaches.set(path, { steps: [], entry: byEntries ? path : null });
  }
  const starts = tainted
    .filter((file) => !reaches.has(file.path) && !isHarmless(file))
    .map(({ path }) => path);
  const chains = await findChains(starts, importers, (path) => isGoal(production, path));
  const broken: UnparsableFact[] = [];
  for (const [path, chain] of chains) {
    const [first] = chain.steps;
    if (chain.broken && first) {
      broken.push({ ...first, reason: `its text names ${chain.steps[1]?.file ?? path}`, reach: HERE });
    } else reaches.set(path, { steps: chain.steps, entry: byEntries ? (first?.file ?? null) : null });
  }
  return [reaches, broken];
}

/** Is this manifest installed for production: the top one, a workspace's, or the one above production code? */
function isProductionManifest(path: string, { production }: Ground, resolver: Resolver): boolean {
  const folder = folderOf(path);
  if (production.isAllowed(path)) return false;
  if (folder === "" || resolver.manifests.isMember(folder) || production.holds(path)) return true;
  if (/(?:^|\/)node_modules\//.test(path)) return false;
  for (const file of resolver.files.paths()) {
    const governed = liesIn(file, folder) && resolver.manifests.nearest(folderOf(file))?.folder === folder;
    if (governed && production.holds(file)) return true;
  }
  return false;
}

function readManifest(
  path: string,
  text: string,
  banned: BannedPackages,
): { dependencies: DependencyFact[]; unparsable: UnparsableFact[] } {
  const found = findDependencies(text, banned);
  if (found === null)
    return {
      dependencies: [],
      unparsable: [{ file: path, line: 1, reason: "it is no JSON object", reach: HERE }],
    };
  return { dependencies: found.map((dependency) => ({ file: path, ...dependency })), unparsable: [] };
}

/** Manifests and configuration of production. */
function readSettings(
  ground: Ground,
  resolver: Resolver,
): Pick<Found, "dependencies" | "spawns" | "unparsable"> {
  const { banned, production, mentions } = ground;
  const dependencies: DependencyFact[] = [];
  const spawns: SpawnFact[] = [];
  const unparsable: UnparsableFact[] = [];
  for (const mention of mentions) {
    const { path } = mention;
    if (!("text" in mention) || isCode(path, mention.text)) continue;
    if (!(isManifest(path) ? isProductionManifest(path, ground, resolver) : production.holds(path))) continue;
    if (isManifest(path)) {
      const manifest = readManifest(path, mention.text, banned);
      dependencies.push(...manifest.dependencies);
      unparsable.push(...manifest.unparsable);
    }
    for (const spawn of findConfigSpawns(path, mention.text, banned)) {
      spawns.push({ file: path, ...spawn, reach: HERE });
    }
  }
  return { dependencies, spawns, unparsable };
}

/** Follows what the search found: parses these files, and goes backwards from them to production. */
export async function gatherFacts(ground: Ground): Promise<Found> {
  const sources = new SourceFiles(ground.banned);
  const resolver = await readResolver(ground.tree);
  const importers = new Importers(ground.tree, resolver, sources);
  searchAhead(ground, importers);
  const files = await Promise.all(ground.mentions.map((mention) => readTainted(ground, sources, mention)));
  const tainted = files.filter((file) => file !== null);
  const [reaches, broken] = await reachAll(ground, tainted, importers);
  const found: Found = {
    imports: [],
    ...readSettings(ground, resolver),
    unresolved: await findUnresolved(sources, resolver, ground.disk),
  };
  found.unparsable.push(...broken);
  for (const { path, named, spawns, broken: mistake } of tainted) {
    const reach = reaches.get(path);
    if (!reach) continue;
    for (const { package: name, specifier, form, typeOnly, inlineTypes, line, column } of named) {
      const erased = typeOnly && !(inlineTypes && resolver.keepsInlineTypes(path));
      const place = { file: path, line, column };
      found.imports.push({ ...place, package: name, specifier, form, typeOnly: erased, reach });
    }
    for (const spawn of spawns) found.spawns.push({ file: path, ...spawn, reach });
    if (mistake) found.unparsable.push({ file: path, ...mistake, reach });
  }
  return found;
}
