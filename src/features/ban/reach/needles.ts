import { folderOf, foldersAbove, joinInside, liesIn } from "../resolve/folders.ts";
import type { Manifest } from "../resolve/manifests.ts";
import { isObject, isText, type JsonObject } from "../resolve/read-json.ts";
import type { Resolver } from "../resolve/resolver.ts";
import { type Needle, QUOTE } from "../search/spellings.ts";

/** The end of a literal, or what may come before it: a query, an escape. */
const END = `([?#\\\\]|${QUOTE})`;
const EXTENSION = "([.][A-Za-z0-9.]*)?";
const AFTER_FILE = `${EXTENSION}${END}`;
const AFTER_FOLDER = `(/(index${EXTENSION})?)?${END}`;
const RENAMED = /^(?:file|link|portal|workspace):/;
const SOURCE_EXTENSION = /(?:\.d)?\.(?:[cm]?[jt]sx?|vue|svelte|astro|mdx|json|node)$/i;
const PLATFORM = /\.(?:web|native|ios|android|node|browser|server|client)$/;

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The paths under which a file is known: its own, and those through links to it or to a folder above it. */
export function pathsOf(file: string, links: ReadonlyMap<string, string | null>): string[] {
  const paths = [file];
  for (const [link, target] of links) {
    // A link to a folder around itself would put every file in endless places.
    if (target === null || !liesIn(file, target) || liesIn(link, target)) continue;
    paths.push(link + file.slice(target.length));
  }
  return paths;
}

/** A relative import without any name: `.`, `..`, `../../`. */
export const DOTS: Needle = { text: "." };
export const DOTS_EXPRESSION = `${QUOTE}([.][.]?/)*[.][.]?/?${END}`;

function needlesOfPath(path: string): Needle[] {
  const name = baseName(path);
  const stem = name.replace(SOURCE_EXTENSION, "");
  const needles: Needle[] = [{ text: stem, after: AFTER_FILE }];
  if (PLATFORM.test(stem)) needles.push({ text: stem.replace(PLATFORM, ""), after: AFTER_FILE });
  return needles;
}

/** A folder stands for its index file, and for the file that its manifest names. */
function needlesOfFolder(path: string, file: string, resolver: Resolver): Needle[] {
  const folder = folderOf(path);
  if (!resolver.locate(folder).includes(file)) return [];
  return folder === "" ? [DOTS] : [DOTS, { text: baseName(folder), after: AFTER_FOLDER }];
}

/** What the star of a key stands for holds the file's own name, unless the target goes on after it. */
function needlesOfStar(key: string, targets: readonly string[]): Needle[] {
  const goesOn = targets.some((target) => /\*.*\//.test(target));
  return goesOn ? [{ text: key.slice(0, key.indexOf("*")), before: QUOTE }] : [];
}

function textsBelow(value: unknown): string[] {
  if (isText(value)) return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsBelow) : [];
}

/** Subpaths of a package that lead to the file, under the name that an importer uses. */
function needlesOfPackage(name: string, manifest: Manifest, file: string, resolver: Resolver): Needle[] {
  const { exports } = manifest.json;
  const keys = isObject(exports) ? Object.keys(exports).filter((key) => key.startsWith(".")) : [];
  const needles: Needle[] = [];
  for (const key of new Set([".", ...keys])) {
    const text = name + key.slice(1);
    if (key.includes("*")) needles.push(...needlesOfStar(text, textsBelow((exports as JsonObject)[key])));
    else if (resolver.reach(manifest, key).files.includes(file)) needles.push({ text, after: END });
  }
  // Without `exports` any subpath may be imported, and those of a build name no file of the tree.
  if (exports == null) needles.push({ text: `${name}/`, before: QUOTE });
  return needles;
}

/** Names of packages of this repository that lead to the file, and the keys of `imports` that do. */
function needlesOfManifests(file: string, resolver: Resolver): Needle[] {
  const needles: Needle[] = [];
  const { manifests } = resolver;
  const above = new Set(foldersAbove(folderOf(file)));
  for (const manifest of manifests.all()) {
    for (const [name, version] of manifest.dependencies) {
      const target = RENAMED.test(version) ? manifests.local(manifest.folder, name) : null;
      if (target && above.has(target.folder)) needles.push(...needlesOfPackage(name, target, file, resolver));
    }
    if (!above.has(manifest.folder)) continue;
    if (manifest.name !== null) needles.push(...needlesOfPackage(manifest.name, manifest, file, resolver));
    for (const [key, value] of Object.entries(isObject(manifest.json.imports) ? manifest.json.imports : {})) {
      if (key.includes("*")) needles.push(...needlesOfStar(key, textsBelow(value)));
      else if (resolver.resolve(joinInside(manifest.folder, "package.json") ?? "", key).files.includes(file))
        needles.push({ text: key, after: END });
    }
  }
  return needles;
}

function needlesOfConfigs(file: string, resolver: Resolver): Needle[] {
  const needles: Needle[] = [];
  for (const { rows } of resolver.configs.all()) {
    for (const { pattern, targets } of rows) {
      if (pattern.includes("*")) {
        needles.push(
          ...needlesOfStar(
            pattern,
            targets.filter((target) => file.startsWith(target.split("*")[0] ?? "")),
          ),
        );
      } else if (targets.some((target) => resolver.locate(target).includes(file))) {
        needles.push({ text: pattern, after: END });
      }
    }
  }
  return needles;
}

/**
 * Texts of which one stands in every import that leads to a file: its name, its folder's for an index file, the
 * names of packages, `imports` keys and tsconfig keys that map to it, and the names of links.
 */
export function needlesOf(file: string, resolver: Resolver): Needle[] {
  const paths = pathsOf(file, resolver.files.links);
  const needles = [
    ...paths.flatMap(needlesOfPath),
    ...paths.flatMap((path) => needlesOfFolder(path, file, resolver)),
    ...needlesOfManifests(file, resolver),
    ...needlesOfConfigs(file, resolver),
  ];
  const unique = new Map(
    needles.map((needle) => [`${needle.before}\0${needle.text}\0${needle.after}`, needle]),
  );
  return [...unique.values()].filter(({ text }) => text !== "" && !text.includes("\n"));
}
