import { type BanFacts, NOWHERE_ELSE } from "./facts.ts";
import type { Ground } from "./ground.ts";
import type { Production } from "./production.ts";
import { folderOf, liesIn } from "./resolve/folders.ts";
import type { Resolver } from "./resolve/resolver.ts";
import { isCode } from "./search/is-code.ts";

type SettingsFacts = Pick<BanFacts, "dependencies" | "spawns" | "unparsable">;

function isManifest(path: string): boolean {
  return path === "package.json" || path.endsWith("/package.json");
}

/** Is this manifest, not the top one, installed for production: a workspace's, or the one above production code? */
function isProductionManifest(path: string, production: Production, { manifests, files }: Resolver): boolean {
  const folder = folderOf(path);
  if (manifests.isMember(folder) || production.holds(path)) return true;
  if (/(?:^|\/)node_modules\//.test(path)) return false;
  for (const file of files.paths()) {
    const governed = liesIn(file, folder) && manifests.nearest(folderOf(file))?.folder === folder;
    if (governed && production.holds(file)) return true;
  }
  return false;
}

/**
 * Does a manifest hold the names in its `devDependencies` alone? The common case, told without the parsers that
 * know about lines and commands.
 */
function isDevelopmentOnly(text: string, names: readonly string[]): boolean {
  try {
    const { devDependencies: _, ...rest } = JSON.parse(text);
    const production = JSON.stringify(rest);
    return !names.some((name) => production.includes(name));
  } catch (cause) {
    // Not JSON, or nested beyond reading: for the parsers to say.
    if (cause instanceof SyntaxError || cause instanceof RangeError || cause instanceof TypeError)
      return false;
    throw cause;
  }
}

async function readFile(path: string, text: string, { banned }: Ground, facts: SettingsFacts): Promise<void> {
  if (isManifest(path)) {
    const { findDependencies } = await import("./dependencies/find-dependencies.ts");
    const found = findDependencies(text, banned);
    if (found === null) {
      const reason = "it is no JSON object";
      facts.unparsable.push({ file: path, line: 1, reason, reach: NOWHERE_ELSE });
    } else facts.dependencies.push(...found.map((dependency) => ({ file: path, ...dependency })));
  }
  const { findConfigSpawns } = await import("./spawn/find-config-spawns.ts");
  for (const spawn of findConfigSpawns(path, text, banned))
    facts.spawns.push({ file: path, ...spawn, reach: NOWHERE_ELSE });
}

/** What manifests and configuration of production say about banned packages. */
export async function readSettings(
  ground: Ground,
  resolving: () => Promise<Resolver>,
): Promise<SettingsFacts> {
  const { banned, production, mentions } = ground;
  const counts = async (path: string) => {
    if (!isManifest(path)) return production.holds(path);
    if (production.isAllowed(path)) return false;
    return path === "package.json" || isProductionManifest(path, production, await resolving());
  };
  const facts: SettingsFacts = { dependencies: [], spawns: [], unparsable: [] };
  for (const mention of mentions) {
    const { path } = mention;
    if (!("text" in mention) || isCode(path, mention.text)) continue;
    if (isManifest(path) && isDevelopmentOnly(mention.text, banned.names)) continue;
    if (await counts(path)) await readFile(path, mention.text, ground, facts);
  }
  return facts;
}
