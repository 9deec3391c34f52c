import type { Node } from "jsonc-parser";
import { matchPaths } from "../../../platform/globs/index.ts";
import type { BannedPackages } from "../banned-packages.ts";
import { scriptCalls } from "./script-calls.ts";
import { splitCommand } from "./split-command.ts";
import { type Started, startedPackages } from "./started-packages.ts";

/**
 * Scripts that run where the package is deployed or installed. Not `prepare` and `prepublishOnly` (they run in the
 * checkout of whoever publishes), and not `serve`, which by custom starts a development server or a preview.
 */
const IN_PRODUCTION = /^(?:(?:pre|post)?start(?::prod(?:uction)?)?|(?:pre|post)?install)$/;

/** A script that leads to a banned server, with the names of the scripts on the way. */
export interface ScriptSpawn extends Started {
  script: Node;
}

/** A script that production runs. */
export interface ProductionScript {
  text: string;
  /** The names of the scripts on the way, from the one that is run first. */
  way: string[];
}

function scriptsOf(manifest: Node): Map<string, Node> {
  const scripts = new Map<string, Node>();
  const block = manifest.children?.find((property) => property.children?.[0]?.value === "scripts")
    ?.children?.[1];
  for (const { children: [key, value] = [] } of block?.type === "object" ? (block.children ?? []) : [])
    if (key && value?.type === "string") scripts.set(key.value, value);
  return scripts;
}

/** More patterns than this in one script are no real manifest; then every script counts as called. */
const MAX_PATTERNS = 100;

/** The scripts that called names mean: each with what runs before and after it, and all that fit a pattern. */
function namedScripts(called: ReadonlySet<string>, names: readonly string[]): string[] {
  const patterns = [...called].filter((name) => name.includes("*"));
  if (patterns.length > MAX_PATTERNS) return [...names];
  // In npm-run-all `:` divides as `/` does in a path.
  const fits = matchPaths(patterns.map((pattern) => pattern.replaceAll(":", "/")));
  const whole = [...called].flatMap((name) => [`pre${name}`, name, `post${name}`]);
  return [...whole, ...(patterns.length > 0 ? names.filter((name) => fits(name.replaceAll(":", "/"))) : [])];
}

/** The scripts among `names` that a script of this text runs. */
export function calledScripts(text: string, names: readonly string[]): string[] {
  return namedScripts(new Set(scriptCalls(text)), names);
}

/** The scripts of a manifest (name → text) that run in production, also through `npm run` of another one. */
export function productionScripts(scripts: ReadonlyMap<string, string>): ProductionScript[] {
  const names = [...scripts.keys()];
  const found: ProductionScript[] = [];
  const seen = new Set<string>();
  const visits = names
    .filter((name) => IN_PRODUCTION.test(name))
    .map((name) => ({ name, way: [] as string[] }));
  for (const visit of visits) {
    const text = scripts.get(visit.name);
    if (text === undefined || seen.has(visit.name)) continue;
    seen.add(visit.name);
    const way = [...visit.way, visit.name];
    found.push({ text, way });
    for (const name of calledScripts(text, names)) if (scripts.has(name)) visits.push({ name, way });
  }
  return found;
}

/** The banned servers that a package manifest starts in production, also through `npm run` of another script. */
export function findScriptSpawns(manifest: Node, banned: BannedPackages): ScriptSpawn[] {
  const scripts = scriptsOf(manifest);
  const texts = new Map([...scripts].map(([name, { value }]) => [name, String(value)]));
  return productionScripts(texts).flatMap(({ text, way }) => {
    const script = scripts.get(way[0] ?? "");
    return startedPackages(splitCommand(text), banned).flatMap((started) =>
      script ? [{ ...started, command: `${way.join(" → ")}: ${started.command}`, script }] : [],
    );
  });
}

/** The scripts of a manifest that start banned servers and do not run in production by themselves, by their names. */
export function findOtherSpawns(
  scripts: ReadonlyMap<string, string>,
  banned: BannedPackages,
): Map<string, Started[]> {
  const inProduction = new Set(productionScripts(scripts).map(({ way }) => way.at(-1)));
  const others = [...scripts].filter(([name]) => !inProduction.has(name));
  const found = others.map(([name, text]) => [name, startedPackages(splitCommand(text), banned)] as const);
  return new Map(
    found.filter(([, started]) => started.length > 0).map(([name, started]) => [name, [...started]]),
  );
}
