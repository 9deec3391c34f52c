import { isCode, isDeclaration } from "../search/is-code.ts";
import { entryTargets, lookUp, type Targets } from "./entry-points.ts";
import type { FileMap } from "./file-map.ts";
import { folderOf, joinInside, liesIn, packageOf } from "./folders.ts";
import type { Manifest, Manifests } from "./manifests.ts";
import { isText } from "./read-json.ts";
import { fallbackPaths, type OutputFolder, sourcePaths } from "./source-paths.ts";
import { placeByRows, type TsConfigs } from "./ts-configs.ts";

/** Where a specifier leads. */
export interface Resolution {
  /** Files of the tree that it can mean; more than one where conditions choose. */
  files: string[];
  /** It names something of this repository, so leading to no file is worth a word. */
  local: boolean;
  /** Names of packages outside of the repository that a mapping put in its place. */
  packages: string[];
  /** Its entry is not in the tree, so it may mean each file of the package. */
  isGuess?: boolean;
}

const NOWHERE: Resolution = { files: [], local: false, packages: [] };
const MAX_STEPS = 8;
const RELATIVE = /^\.{1,2}(?:\/|$)/;
/** `~/x` and `@/x` can be no package: an alias that no file here explains. */
const ALIAS_LIKE = /^[~@]\//;
/** Files of a package that nobody gets by importing it. */
const NEVER_BUILT = /(?:^|\/)(?:node_modules|tests?|__tests__|__mocks__)\/|\.(?:test|spec|stories)\.[^/]+$/i;
const OTHER_WORLD = /^[a-z][a-z+.-]+:/i;

/** The specifier without webpack's loaders and Vite's query. */
export function bareSpecifier(specifier: string): string {
  const module = specifier.slice(specifier.lastIndexOf("!") + 1);
  const query = module.indexOf("?", 1);
  return query < 0 ? module : module.slice(0, query);
}

/** Does the query ask for the text or the address of a file instead of its code? */
export function asksForText(specifier: string): boolean {
  return /\?(?:.*&)?(?:raw|url|inline)\b/.test(specifier);
}

/** Answers which files of the tree an import can mean, without an install or a build. */
export class Resolver {
  readonly files: FileMap;
  readonly manifests: Manifests;
  readonly configs: TsConfigs;
  readonly #known = new Map<string, Resolution>();
  readonly #wholes = new Map<string, string[]>();

  constructor(files: FileMap, manifests: Manifests, configs: TsConfigs) {
    this.files = files;
    this.manifests = manifests;
    this.configs = configs;
  }

  /** Does the compiler of this file keep `import { type X }` as an import? */
  keepsInlineTypes(importer: string): boolean {
    return this.configs.governing(folderOf(importer))[0]?.keepsInlineTypes ?? false;
  }

  /** @param importer path of the file that holds the specifier */
  resolve(importer: string, specifier: string): Resolution {
    const folder = folderOf(importer);
    const name = bareSpecifier(specifier);
    const key = `${folder}\0${name}`;
    const known = this.#known.get(key);
    if (known) return known;
    const resolution = this.#resolve(folder, name, 0);
    this.#known.set(key, resolution);
    return resolution;
  }

  #resolve(folder: string, name: string, steps: number): Resolution {
    if (name === "" || steps > MAX_STEPS || name.includes("\0") || name.includes("\\")) return NOWHERE;
    if (RELATIVE.test(name)) {
      const path = joinInside(folder, name);
      return this.#found(path === null ? [] : this.locate(path), path !== null);
    }
    if (name.startsWith("/")) return this.#found(this.#fromRoot(folder, name.slice(1)), false);
    if (OTHER_WORLD.test(name)) return { ...NOWHERE, packages: [name] };
    const mapped = this.#byConfig(folder, name);
    if (mapped.length > 0) return this.#found(mapped, true);
    if (name.startsWith("#")) return this.#byImports(folder, name, steps);
    return this.#byPackage(folder, name);
  }

  #found(files: readonly string[], local: boolean): Resolution {
    return { files: [...new Set(files)], local, packages: [] };
  }

  /** Vite reads `/src/a.ts` from the top of the application. */
  #fromRoot(folder: string, path: string): string[] {
    const top = this.manifests.nearest(folder)?.folder ?? "";
    for (const root of [top, ""]) {
      const joined = joinInside(root, path);
      const found = joined === null || joined === "" ? [] : this.locate(joined);
      if (found.length > 0) return found;
    }
    return [];
  }

  #byConfig(folder: string, name: string): string[] {
    for (const { rows, baseUrl } of this.configs.governing(folder)) {
      const places = placeByRows(rows, name);
      const based = baseUrl === null ? null : joinInside(baseUrl, name);
      for (const place of based === null ? places : [...places, based]) {
        const found = this.locate(place);
        if (found.length > 0) return found;
      }
    }
    return [];
  }

  /** Package imports (`#x`) of the manifest that governs the folder. */
  #byImports(folder: string, name: string, steps: number): Resolution {
    const manifest = this.manifests.nearest(folder);
    const targets = manifest ? lookUp(manifest.json.imports, name) : null;
    if (!manifest || targets === null)
      return { files: [], local: manifest?.json.imports !== undefined, packages: [] };
    const files: string[] = [];
    const packages: string[] = [];
    for (const list of [targets.runtime, targets.hints]) {
      for (const target of list) {
        if (RELATIVE.test(target)) files.push(...this.#inPackage(manifest, target, "#"));
        else {
          packages.push(target);
          files.push(...this.#resolve(manifest.folder, target, steps + 1).files);
        }
      }
      if (files.length > 0 || packages.length > 0) break;
    }
    return { files: [...new Set(files)], local: packages.length === 0, packages };
  }

  #byPackage(folder: string, name: string): Resolution {
    const bare = packageOf(name);
    if (bare === null) return { files: [], local: ALIAS_LIKE.test(name), packages: [] };
    const manifest = this.manifests.local(folder, bare);
    if (!manifest) {
      const version = this.manifests.declared(folder, bare)?.version ?? "";
      const [, alias] = /^npm:(.+)$/.exec(version) ?? [];
      return { files: [], local: false, packages: [alias ?? name] };
    }
    const { files, isGuess } = this.reach(manifest, `.${name.slice(bare.length)}`);
    return { files: [...new Set(files)], local: true, packages: [], ...(isGuess ? { isGuess } : {}) };
  }

  /** Code of a package, tests apart, of which a build that is not in the tree may be made. */
  #whole({ folder }: Manifest): string[] {
    const known = this.#wholes.get(folder);
    if (known) return known;
    const inside = (path: string) => (folder === "" ? path : path.slice(folder.length + 1));
    const files = [...this.files.paths()].filter(
      (path) =>
        liesIn(path, folder) &&
        isCode(path, "") &&
        !NEVER_BUILT.test(inside(path)) &&
        this.manifests.nearest(folderOf(path))?.folder === folder,
    );
    this.#wholes.set(folder, files);
    return files;
  }

  /**
   * The files behind a subpath of a package of this repository. Where its manifest names a build that is mapped to
   * no source, any code of the package may be in it.
   */
  reach(manifest: Manifest, subpath: string): { files: string[]; isGuess: boolean } {
    const files = this.entries(manifest, subpath);
    // Declarations stand beside what runs, which may still be unknown.
    if (files.some((file) => !isDeclaration(file))) return { files, isGuess: false };
    const targets = entryTargets(manifest.json, subpath);
    const isBuilt = [...(targets?.runtime ?? []), ...(targets?.hints ?? [])].some(
      (target) => isCode(target, "") || !/\.[^/.]+$/.test(target),
    );
    const mayBeCode =
      isBuilt || (subpath === "." && targets?.runtime.length === 0 && manifest.json.exports == null);
    return mayBeCode
      ? { files: [...files, ...this.#whole(manifest)], isGuess: true }
      : { files, isGuess: false };
  }

  /** The files behind a subpath (`.`, `./x`) of a package of this repository. */
  entries(manifest: Manifest, subpath: string): string[] {
    const targets: Targets | null = entryTargets(manifest.json, subpath);
    if (targets === null) return [];
    for (const list of [targets.runtime, targets.hints]) {
      const files = list.flatMap((target) => this.#inPackage(manifest, target, subpath));
      if (files.length > 0) return files;
    }
    const isClosed = manifest.json.exports != null && targets.runtime.length + targets.hints.length === 0;
    return isClosed ? [] : this.#probeAll(manifest, fallbackPaths(subpath, manifest.name));
  }

  /** A target of a manifest: the file itself where it stands in the tree, else the source it is built from. */
  #inPackage(manifest: Manifest, target: string, subpath: string): string[] {
    const path = joinInside(manifest.folder, target);
    if (path === null) return [];
    const there = path === manifest.folder && subpath === "." ? [] : this.locate(path);
    return there.length > 0 ? there : this.#probeAll(manifest, sourcePaths(target, this.#outputs(manifest)));
  }

  #outputs(manifest: Manifest): OutputFolder[] {
    const { folder } = manifest;
    const inside = (path: string) => (folder === "" ? path : path.slice(folder.length + 1));
    return this.configs
      .governing(folder)
      .map(({ output }) => output)
      .filter((output) => output !== null)
      .filter(({ outDir, rootDir }) => liesIn(outDir, folder) && liesIn(rootDir ?? folder, folder))
      .map(({ outDir, rootDir }) => ({
        outDir: inside(outDir),
        rootDir: rootDir === null ? null : inside(rootDir),
      }));
  }

  #probeAll(manifest: Manifest, candidates: readonly string[]): string[] {
    for (const candidate of candidates) {
      const path = joinInside(manifest.folder, candidate);
      const found = path === null || path === "" ? null : this.files.probe(path);
      if (found !== null) return [found];
    }
    return [];
  }

  /** The files that a path can mean: itself, with an extension, or as a folder. */
  locate(path: string): string[] {
    const file = path === "" ? null : this.files.probe(path);
    if (file !== null) return [file];
    const folder = this.files.folder(path);
    if (folder === null) return this.#unbuilt(path);
    const manifest = this.manifests.at(folder);
    const { main, module, browser } = manifest?.json ?? {};
    const files = [module, main, browser].filter(isText).flatMap((target) => {
      const inside = joinInside(folder, target);
      return inside === null || inside === folder ? [] : this.#fileOrIndex(inside);
    });
    if (files.length > 0) return files;
    const index = this.files.probe(folder === "" ? "index" : `${folder}/index`);
    if (index !== null) return [index];
    return manifest ? this.entries(manifest, ".") : [];
  }

  #fileOrIndex(path: string): string[] {
    const found = this.files.probe(path) ?? this.files.probe(`${path}/index`);
    return found === null ? [] : [found];
  }

  /** A path into the output of a package that is not built: its source. */
  #unbuilt(path: string): string[] {
    const manifest = this.manifests.nearest(folderOf(path));
    if (!manifest) return [];
    const inside = manifest.folder === "" ? path : path.slice(manifest.folder.length + 1);
    return this.#probeAll(manifest, sourcePaths(inside, this.#outputs(manifest)));
  }
}
