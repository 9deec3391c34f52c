import type { BannedPackages } from "./banned-packages.ts";
import { type BanFacts, NOWHERE_ELSE, type SpawnFact } from "./facts.ts";
import type { Ground } from "./ground.ts";
import { isProductionManifest } from "./production-manifest.ts";
import { scriptKey, scriptsOf } from "./reach/own-scripts.ts";
import { isProductionScript, lineOfScript, type StartedFiles } from "./reach/started-files.ts";
import { reachScript } from "./reach-tainted.ts";
import { folderOf } from "./resolve/folders.ts";
import type { Resolver } from "./resolve/resolver.ts";
import { isCode } from "./search/is-code.ts";
import { findOtherSpawns } from "./spawn/find-script-spawns.ts";
import { scriptKind } from "./spawn/script-kind.ts";

type SettingsFacts = Pick<BanFacts, "dependencies" | "spawns" | "unparsable">;

function isManifest(path: string): boolean {
  return path === "package.json" || path.endsWith("/package.json");
}

/**
 * Does a manifest hold the names in its `devDependencies` alone? The common case, told without the parsers that
 * know about lines and commands.
 */
function isDevelopmentOnly(text: string, { names, repositories }: BannedPackages): boolean {
  try {
    const { devDependencies: _, ...rest } = JSON.parse(text);
    const production = JSON.stringify(rest);
    const lower = production.toLowerCase();
    return ![...names.map((name) => name.toLowerCase()), ...repositories].some((name) =>
      lower.includes(name),
    );
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

/** What a script starts, where production holds it or runs it. */
async function readScriptFile(
  path: string,
  text: string,
  { banned, production, ways }: Ground,
  { resolving, starting }: Asked,
): Promise<SpawnFact[]> {
  const { findShellSpawns } = await import("./spawn/find-shell-spawns.ts");
  const spawns = findShellSpawns(path, text, banned);
  if (spawns.length === 0) return [];
  const isProduction = isProductionScript(path, text, production, await resolving());
  const steps = isProduction ? [] : (await starting()).get(path);
  const reach =
    steps === undefined
      ? await reachScript(production, path, await ways.importers(), starting)
      : { steps, entry: null };
  return reach === null ? [] : spawns.map((spawn) => ({ file: path, ...spawn, reach }));
}

/** What a manifest's scripts start that production runs only where its code says so: `exec("npm run x")`. */
async function readOtherScripts(
  path: string,
  text: string,
  { banned, production, ways }: Ground,
  { resolving, starting }: Asked,
): Promise<SpawnFact[]> {
  const manifest = (await resolving()).manifests.at(folderOf(path));
  if (manifest === null) return [];
  const found: SpawnFact[] = [];
  for (const [name, spawns] of findOtherSpawns(scriptsOf(manifest), banned)) {
    const key = scriptKey(path, name);
    const reach = await reachScript(production, key, await ways.importers(), starting);
    const line = lineOfScript(text, name);
    if (reach !== null) found.push(...spawns.map((spawn) => ({ file: path, line, ...spawn, reach })));
  }
  return found;
}

/** What is found out only where it is needed. */
export interface Asked {
  resolving(): Promise<Resolver>;
  starting(): Promise<StartedFiles>;
}

/** What manifests, configuration and scripts of production say about banned packages. */
export async function readSettings(ground: Ground, asked: Asked): Promise<SettingsFacts> {
  const { banned, production, mentions } = ground;
  const counts = async (path: string) => {
    if (path === "package.json") return !production.isAllowed(path);
    return isManifest(path)
      ? isProductionManifest(folderOf(path), production, await asked.resolving())
      : production.holds(path);
  };
  const facts: SettingsFacts = { dependencies: [], spawns: [], unparsable: [] };
  for (const mention of mentions) {
    const { path } = mention;
    if (!("text" in mention) || isCode(path, mention.text)) continue;
    if (scriptKind(path, mention.text) !== null) {
      facts.spawns.push(...(await readScriptFile(path, mention.text, ground, asked)));
      continue;
    }
    if (isManifest(path)) {
      if (isDevelopmentOnly(mention.text, banned)) continue;
      facts.spawns.push(...(await readOtherScripts(path, mention.text, ground, asked)));
    }
    if (await counts(path)) await readFile(path, mention.text, ground, facts);
  }
  return facts;
}
