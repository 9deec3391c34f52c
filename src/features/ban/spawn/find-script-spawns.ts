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

interface Visit {
  name: string;
  /** From the script that production runs. */
  way: string[];
  root: Node;
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

/** The banned servers that a package manifest starts in production, also through `npm run` of another script. */
export function findScriptSpawns(manifest: Node, banned: BannedPackages): ScriptSpawn[] {
  const scripts = scriptsOf(manifest);
  const names = [...scripts.keys()];
  const found: ScriptSpawn[] = [];
  const seen = new Set<string>();
  const visits: Visit[] = [...scripts]
    .filter(([name]) => IN_PRODUCTION.test(name))
    .map(([name, root]) => ({ name, way: [], root }));
  for (const visit of visits) {
    const text = scripts.get(visit.name)?.value;
    if (typeof text !== "string" || seen.has(visit.name)) continue;
    seen.add(visit.name);
    const way = [...visit.way, visit.name];
    for (const started of startedPackages(splitCommand(text), banned))
      found.push({ ...started, command: `${way.join(" → ")}: ${started.command}`, script: visit.root });
    for (const name of namedScripts(new Set(scriptCalls(text)), names))
      if (scripts.has(name)) visits.push({ name, way, root: visit.root });
  }
  return found;
}
