import { folderOf, foldersAbove, joinInside, liesIn } from "../resolve/folders.ts";
import type { Manifest } from "../resolve/manifests.ts";
import { isObject, isText } from "../resolve/read-json.ts";
import type { Resolver } from "../resolve/resolver.ts";
import { BUILD_FOLDER } from "../resolve/source-paths.ts";
import { type Needle, QUOTE } from "../search/spellings.ts";

/** Where a manifest's script is run: `"run", "x"`, `yarn x`, `npm run -s x`. */
const BEFORE_SCRIPT = `(${QUOTE}|(run|yarn|pnpm|bun)[ =](-[^ ]+ )*)`;
const AFTER_SCRIPT = `(${QUOTE}|[ \t\r;&|)]|$)`;

/** What finds a command that runs a manifest's script. */
export function needleOfScript(name: string): Needle {
  return { text: name, before: BEFORE_SCRIPT, after: AFTER_SCRIPT };
}

/** The end of a literal, or what may come before it: a query, an escape. */
const END = `([?#\\\\]|${QUOTE})`;
const EXTENSION = "([.][A-Za-z0-9.]*)?";
const AFTER_FILE = `${EXTENSION}${END}`;
/** Where a file's name ends within a command: `node x.js --port 1`, and at the end of a script's line. */
const CEASES = "([ \t\r;&|)<>]|$)";
const AFTER_FOLDER = `(/(index${EXTENSION})?)?${END}`;
/** The folder of a package below `node_modules`. */
const INSTALLED = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/@][^/]*)$/;
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

/** A relative import into a folder that a build writes: `../dist/cli.js`. */
export const BUILT: Needle = { text: "/" };
export const BUILT_EXPRESSION = `[.]/([^"'\`]*/)?${BUILD_FOLDER}(/|${QUOTE})`;

function needlesOfPath(path: string): Needle[] {
  const name = baseName(path);
  const stem = name.replace(SOURCE_EXTENSION, "");
  // Without an ending a name before a blank is any word.
  const ending = name === stem ? (name.includes(".") ? CEASES : null) : `[.][A-Za-z0-9.]+${CEASES}`;
  const needles: Needle[] = [
    { text: stem, after: ending === null ? AFTER_FILE : `(${AFTER_FILE}|${ending})` },
  ];
  if (PLATFORM.test(stem)) needles.push({ text: stem.replace(PLATFORM, ""), after: AFTER_FILE });
  return needles;
}

/** A folder stands for its index file, and for the file, or all files, that its manifest means. */
function needlesOfFolders(path: string, file: string, resolver: Resolver): Needle[] {
  return foldersAbove(folderOf(path)).flatMap((folder, index) => {
    const isEntry = index === 0 || resolver.manifests.at(resolver.files.folder(folder) ?? folder) !== null;
    if (!isEntry || !resolver.mayMean(folder, file)) return [];
    return folder === "" ? [DOTS] : [DOTS, { text: baseName(folder), after: AFTER_FOLDER }];
  });
}

/** An import of what only a build will write leads to any file of the package. */
function needlesOfBuild(file: string, resolver: Resolver): Needle[] {
  const manifest = resolver.manifests.nearest(folderOf(file));
  return manifest !== null && resolver.builds.areMadeOf(manifest, file) ? [BUILT] : [];
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
    // What a star stands for may be mapped to no source: then it is any file, and its own name is not in the import.
    if (key.includes("*")) needles.push({ text: text.slice(0, text.indexOf("*")), before: QUOTE });
    else if (resolver.reaches(manifest, key, file)) needles.push({ text, after: END });
  }
  // Without `exports` any subpath may be imported, and those of a build name no file of the tree.
  if (exports == null) needles.push({ text: `${name}/`, before: QUOTE });
  return needles;
}

/** The keys of a manifest's `imports` that lead to the file. */
function needlesOfImports({ folder, json }: Manifest, file: string, resolver: Resolver): Needle[] {
  const importer = joinInside(folder, "package.json") ?? "";
  return Object.entries(isObject(json.imports) ? json.imports : {}).flatMap(([key, value]) => {
    if (key.includes("*")) return needlesOfStar(key, textsBelow(value));
    return resolver.resolve(importer, key).files.includes(file) ? [{ text: key, after: END }] : [];
  });
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
    needles.push(...needlesOfImports(manifest, file, resolver));
  }
  return needles;
}

/** A package that is committed as installed is known by the name of its folder, also through a link to it. */
function needlesOfInstalled(path: string, file: string, resolver: Resolver): Needle[] {
  const needles: Needle[] = [];
  for (const folder of foldersAbove(folderOf(path))) {
    const [, name] = INSTALLED.exec(folder) ?? [];
    const place = name === undefined ? null : resolver.files.folder(folder);
    const manifest = place === null ? null : resolver.manifests.at(place);
    if (name === undefined || !manifest) continue;
    needles.push(...needlesOfPackage(name, manifest, file, resolver));
    needles.push(...needlesOfImports(manifest, file, resolver));
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
      } else if (targets.some((target) => resolver.mayMean(target, file))) {
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
    ...paths.flatMap((path) => needlesOfFolders(path, file, resolver)),
    ...needlesOfBuild(file, resolver),
    ...paths.flatMap((path) => needlesOfInstalled(path, file, resolver)),
    ...needlesOfManifests(file, resolver),
    ...needlesOfConfigs(file, resolver),
  ];
  const unique = new Map(
    needles.map((needle) => [`${needle.before}\0${needle.text}\0${needle.after}`, needle]),
  );
  return [...unique.values()].filter(({ text }) => text !== "" && !text.includes("\n"));
}
