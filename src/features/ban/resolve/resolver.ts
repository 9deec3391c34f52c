import { isDeclaration } from "../search/is-code.ts";
import { Builds } from "./builds.ts";
import { entryTargets, lookUp, type Targets } from "./entry-points.ts";
import type { FileMap } from "./file-map.ts";
import { folderOf, foldersAbove, joinInside, liesIn, packageOf } from "./folders.ts";
import type { Manifest, Manifests } from "./manifests.ts";
import { isText } from "./read-json.ts";
import { fallbackPaths, type OutputFolder, sourcePaths } from "./source-paths.ts";
import { bareSpecifier, customPlaces, OTHER_WORLD, RELATIVE } from "./specifiers.ts";
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
/** Answers which files of the tree an import can mean, without an install or a build. */
export class Resolver {
  readonly files: FileMap;
  readonly manifests: Manifests;
  readonly configs: TsConfigs;
  readonly builds: Builds;
  readonly #known = new Map<string, Resolution>();

  constructor(files: FileMap, manifests: Manifests, configs: TsConfigs) {
    this.files = files;
    this.manifests = manifests;
    this.configs = configs;
    this.builds = new Builds(files, manifests);
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
      return path === null ? NOWHERE : this.#located(path);
    }
    if (name.startsWith("/")) return this.#found(this.#fromRoot(folder, name.slice(1)), false);
    if (OTHER_WORLD.test(name)) return { ...NOWHERE, packages: [name] };
    const mapped = this.#byConfig(folder, name);
    if (mapped !== null) return this.#located(mapped);
    if (name.startsWith("#")) return this.#byImports(folder, name, steps);
    return this.#byPackage(folder, name);
  }

  #located(path: string): Resolution {
    const files = this.locate(path);
    const whole = files.length > 0 ? null : this.#wholeAt(path);
    if (whole === null) return this.#found(files, true);
    return { ...this.#found(this.builds.sources(whole), true), isGuess: true };
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

  /** The place that the settings of TypeScript give to a name. */
  #byConfig(folder: string, name: string): string | null {
    let unbuilt: string | null = null;
    for (const { rows, baseUrl } of this.configs.governing(folder)) {
      const places = placeByRows(rows, name);
      const based = baseUrl === null ? null : joinInside(baseUrl, name);
      for (const place of based === null ? places : [...places, based])
        if (this.locate(place).length > 0) return place;
      unbuilt ??= places.find((place) => this.#wholeAt(place) !== null) ?? null;
    }
    return unbuilt;
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
    const custom = customPlaces(name);
    if (custom !== null) return this.#byCustom(folder, custom);
    if (bare === null) return NOWHERE;
    const installed = this.#installed(folder, bare, `.${name.slice(bare.length)}`);
    const manifest = this.manifests.local(folder, bare);
    if (!manifest && installed.length > 0) return this.#found(installed, true);
    if (!manifest) {
      const version = this.manifests.declared(folder, bare)?.version ?? "";
      const [, alias] = /^npm:(.+)$/.exec(version) ?? [];
      return { files: [], local: false, packages: [alias ?? name] };
    }
    const { files, isGuess } = this.reach(manifest, `.${name.slice(bare.length)}`);
    return {
      files: [...new Set([...installed, ...files])],
      local: true,
      packages: [],
      ...(isGuess ? { isGuess } : {}),
    };
  }

  /** `~/x`, `@/x`, `$lib/x`: from where frameworks have their sources. */
  #byCustom(folder: string, places: readonly string[]): Resolution {
    const top = this.manifests.nearest(folder)?.folder ?? "";
    for (const place of places) {
      const path = joinInside(top, place);
      const files = path === null || path === top ? [] : this.locate(path);
      if (files.length > 0) return this.#found(files, true);
    }
    return { files: [], local: true, packages: [] };
  }

  /** A package that is committed in the nearest `node_modules` above, as Node finds it. */
  #installed(folder: string, bare: string, subpath: string): string[] {
    for (const above of foldersAbove(folder)) {
      const base = joinInside(above, `node_modules/${bare}`) ?? "";
      const place = this.files.folder(base);
      const manifest = place === null ? null : this.manifests.at(place);
      const files = manifest
        ? this.reach(manifest, subpath).files
        : this.locate(joinInside(base, subpath) ?? "");
      if (place !== null || files.length > 0) return files;
    }
    return [];
  }

  /**
   * The files behind a subpath of a package of this repository. Where its manifest names a build that is mapped to
   * no source, any code of the package may be in it.
   */
  reach(manifest: Manifest, subpath: string): { files: string[]; isGuess: boolean } {
    const { files, isGuess } = this.#entry(manifest, subpath);
    return { files: isGuess ? [...files, ...this.builds.sources(manifest)] : files, isGuess };
  }

  /** Does {@link reach} find this file? Asked without gathering all code of the package. */
  reaches(manifest: Manifest, subpath: string, file: string): boolean {
    const { files, isGuess } = this.#entry(manifest, subpath);
    return files.includes(file) || (isGuess && this.builds.areMadeOf(manifest, file));
  }

  #entry(manifest: Manifest, subpath: string): { files: string[]; isGuess: boolean } {
    const files = this.entries(manifest, subpath);
    // Declarations stand beside what runs, which may still be unknown.
    const isFound = files.some((file) => !isDeclaration(file));
    return { files, isGuess: !isFound && this.builds.isGiven(manifest, subpath) };
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

  /** The package that a path means as a whole: its folder, where its manifest names what is not in the tree, or a build. */
  #wholeAt(path: string): Manifest | null {
    const folder = this.files.folder(path);
    if (folder === null) return this.builds.packageOf(path);
    const manifest = this.manifests.at(folder);
    const { main, module, browser, exports } = manifest?.json ?? {};
    const isNamed = [main, module, browser].some(isText) || exports != null;
    return manifest && isNamed && this.#entry(manifest, ".").isGuess ? manifest : null;
  }

  /** May a path mean this file? Asked without gathering all code of a package. */
  mayMean(path: string, file: string): boolean {
    if (this.locate(path).includes(file)) return true;
    const whole = this.#wholeAt(path);
    return whole !== null && this.builds.areMadeOf(whole, file);
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
