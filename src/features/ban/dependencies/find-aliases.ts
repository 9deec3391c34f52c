import type { BannedPackages } from "../banned-packages.ts";
import { folderOf, liesIn } from "../resolve/folders.ts";
import { isObject, isText, readJson } from "../resolve/read-json.ts";
import { type Needle, QUOTE } from "../search/spellings.ts";

/** Another name for a banned package, in the code below a folder. */
export interface Alias {
  /** As an import names it; a star stands for anything. */
  name: string;
  package: string;
  folder: string;
}

const DEPENDENCIES = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"];
/** Maps from a name to what stands in its place: package imports, bundlers, Deno. */
const MAPS = ["imports", "browser", "alias"];
const OVERRIDES = ["overrides", "resolutions"];
const RENAMED = /^(?:npm|workspace|patch):(.+)$/;
const SETTINGS =
  /(?:^|\/)(?:package\.json|deno\.jsonc?|import_map\.json|pnpm-workspace\.yaml|[tj]sconfig[^/]*\.json)$/;

type Pair = [name: string, value: string];

function pairsBelow(value: unknown, name: string, pairs: Pair[]): void {
  if (isText(value)) pairs.push([name, value]);
  else if (Array.isArray(value)) for (const item of value) pairsBelow(item, name, pairs);
  else if (isObject(value)) for (const item of Object.values(value)) pairsBelow(item, name, pairs);
}

function pairsOf(map: unknown): Pair[] {
  const pairs: Pair[] = [];
  for (const [name, value] of Object.entries(isObject(map) ? map : {})) pairsBelow(value, name, pairs);
  return pairs;
}

/** `a>b`, `**` before `b`, `b@1` of an override all speak of `b`. */
function overridden(selector: string): string {
  const last = selector
    .replace(/^.*>/, "")
    .replace(/^.*\*\//, "")
    .trim();
  return last.replace(/(?!^)@.*$/, "");
}

/** Overrides nest: `{ "a": { "b": "npm:…" } }` speaks of `b`, and `"."` of what is around it. */
function overridesBelow(map: unknown, outer = ""): Pair[] {
  return Object.entries(isObject(map) ? map : {}).flatMap(([selector, value]) => {
    const name = selector === "." ? outer : overridden(selector);
    return isText(value) ? [[name, value] as Pair] : overridesBelow(value, name);
  });
}

function renamedBy(pairs: readonly Pair[], banned: BannedPackages): [string, string][] {
  return pairs.flatMap(([name, version]) => {
    const [, renamed] = RENAMED.exec(version.trim()) ?? [];
    const match = renamed === undefined ? banned.matchAddress(version) : banned.match(renamed);
    return match === null ? [] : [[name, match] as [string, string]];
  });
}

function mappedBy(
  pairs: readonly Pair[],
  banned: BannedPackages,
  isKnown: (name: string) => string | null,
): [string, string][] {
  return pairs.flatMap(([name, target]) => {
    const match = banned.match(target) ?? banned.matchPath(target) ?? isKnown(target);
    return match === null ? [] : [[name, match] as [string, string]];
  });
}

/** Catalogs and overrides of pnpm's workspace file: lines `name: npm:context7-mcp@1`. */
function yamlPairs(text: string): Pair[] {
  return [
    ...text.matchAll(
      /^\s*["']?([^\s"':#][^\s"':]*)["']?:\s*["']?((?:npm|workspace|github|gitlab|bitbucket|git|https?|git\+\w+)[:@][^\s"']+)/gm,
    ),
  ].map(([, name = "", version = ""]) => [overridden(name), version]);
}

function namesIn(
  path: string,
  text: string,
  banned: BannedPackages,
  known: readonly Alias[],
): [string, string][] {
  if (path.endsWith(".yaml")) return renamedBy(yamlPairs(text), banned);
  const json = readJson(text);
  const pnpm = isObject(json.pnpm) ? json.pnpm : {};
  const options = isObject(json.compilerOptions) ? json.compilerOptions : {};
  return [
    ...renamedBy(
      DEPENDENCIES.flatMap((section) => pairsOf(json[section])),
      banned,
    ),
    ...renamedBy(
      [...OVERRIDES.map((key) => json[key]), pnpm.overrides].flatMap((map) => overridesBelow(map)),
      banned,
    ),
    ...mappedBy([...MAPS.map((key) => json[key]), options.paths].flatMap(pairsOf), banned, (target) =>
      matchAlias(known, path, target),
    ),
  ];
}

/**
 * The other names that a settings file gives to banned packages.
 * @param known aliases found before: a map may lead to one of them
 */
export function findAliases(
  path: string,
  text: string,
  banned: BannedPackages,
  known: readonly Alias[] = [],
): Alias[] {
  if (!SETTINGS.test(path)) return [];
  const folder = folderOf(path);
  return namesIn(path, text, banned, known)
    .filter(([name]) => banned.match(name) === null && name !== "." && name !== "*")
    .map(([name, match]) => ({ name, package: match, folder }));
}

/** The banned package that a specifier means in a file, under another name. */
export function matchAlias(aliases: readonly Alias[], path: string, specifier: string): string | null {
  for (const { name, package: match, folder } of aliases) {
    if (!liesIn(path, folder)) continue;
    const at = name.indexOf("*");
    const begin = at < 0 ? name.replace(/\/$/, "") : name.slice(0, at);
    const same =
      at < 0 ? specifier === begin || specifier.startsWith(`${begin}/`) : specifier.startsWith(begin);
    if (same) return match;
  }
  return null;
}

/** What to look for to find the imports under these names. */
export function aliasNeedles(aliases: readonly Alias[]): Needle[] {
  const texts = new Set(aliases.map(({ name }) => name.replace(/\*.*$/, "").replace(/\/$/, "")));
  return [...texts].map((text) => ({ text, before: QUOTE, after: `(/|[?#\\\\]|${QUOTE})` }));
}
