import type { Tree } from "../../../platform/git/index.ts";
import { decodeSource } from "../search/decode-source.ts";
import { type FileMap, readFileMap } from "./file-map.ts";
import { folderOf, joinInside, packageOf } from "./folders.ts";
import { MANIFEST_FILE, Manifests, type MatchPaths } from "./manifests.ts";
import { readJson } from "./read-json.ts";
import { Resolver } from "./resolver.ts";
import { readExtends, TS_CONFIG_FILE, TsConfigs } from "./ts-configs.ts";

/** A longer settings file is not read: nobody writes one. */
const MAX_SETTINGS_BYTES = 4 << 20;
const MAX_EXTENDS = 20;
const INSTALLED = /(?:^|\/)node_modules\//;
/** The manifest of a package that is committed as it was installed. */
const INSTALLED_MANIFEST = /(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/@][^/]*\/package\.json$/;

async function readInto(texts: Map<string, string>, tree: Tree, paths: readonly string[]): Promise<void> {
  for await (const [path, found] of tree.read(paths, MAX_SETTINGS_BYTES)) {
    texts.set(path, "content" in found ? decodeSource(found.content) : "");
  }
}

/** The file of this tree that an `extends` means; null when it lies elsewhere. */
function findExtended(
  files: FileMap,
  manifests: Manifests,
  folder: string,
  specifier: string,
): string | null {
  let base: string | null;
  if (/^\.{1,2}(?:\/|$)/.test(specifier)) base = joinInside(folder, specifier);
  else {
    const name = packageOf(specifier);
    const manifest = name === null ? null : manifests.local(folder, name);
    const inside = specifier.slice((name?.length ?? 0) + 1) || "tsconfig.json";
    base = manifest ? joinInside(manifest.folder, inside) : null;
  }
  if (base === null) return null;
  for (const candidate of [base, `${base}.json`, `${base}/tsconfig.json`]) {
    const found = files.file(candidate);
    if (found !== null) return found;
  }
  return null;
}

async function readConfigs(
  tree: Tree,
  files: FileMap,
  manifests: Manifests,
  paths: string[],
): Promise<TsConfigs> {
  const texts = new Map<string, string>();
  const find = (folder: string, specifier: string) => findExtended(files, manifests, folder, specifier);
  let waiting = paths;
  // A configuration may extend a file of any name, so names alone do not find them all.
  for (let round = 0; waiting.length > 0 && round < MAX_EXTENDS; round += 1) {
    await readInto(texts, tree, waiting);
    const extended = waiting.flatMap((path) =>
      readExtends(readJson(texts.get(path) ?? "").extends).map((base) => find(folderOf(path), base)),
    );
    waiting = [...new Set(extended)].filter((path) => path !== null && !texts.has(path)) as string[];
  }
  return new TsConfigs(texts, find);
}

/** Reads what decides where imports lead: the paths, links, manifests and TypeScript settings of a tree. */
export async function readResolver(tree: Tree, matchPaths: MatchPaths): Promise<Resolver> {
  const files = await readFileMap(tree);
  const manifestPaths: string[] = [];
  const configPaths: string[] = [];
  const installedPaths: string[] = [];
  for (const path of files.paths()) {
    if (!path.endsWith(".json") && !path.endsWith(".yaml")) continue;
    if (INSTALLED.test(path)) {
      if (INSTALLED_MANIFEST.test(path)) installedPaths.push(path);
      continue;
    }
    if (MANIFEST_FILE.test(path)) manifestPaths.push(path);
    else if (TS_CONFIG_FILE.test(path)) configPaths.push(path);
  }
  const texts = new Map<string, string>();
  await readInto(texts, tree, manifestPaths);
  const installed = new Map<string, string>();
  await readInto(installed, tree, installedPaths);
  const manifests = new Manifests(texts, matchPaths, installed);
  return new Resolver(files, manifests, await readConfigs(tree, files, manifests, configPaths));
}
