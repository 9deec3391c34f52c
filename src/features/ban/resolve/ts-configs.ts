import { folderOf, foldersAbove, joinInside } from "./folders.ts";
import { isObject, isText, readJson } from "./read-json.ts";
import type { OutputFolder } from "./source-paths.ts";

/** A row of `paths`: where names of this form are looked for, as paths from the top of the repository. */
export interface PathRow {
  pattern: string;
  targets: string[];
}

/** What a `tsconfig.json` says about where modules are, with all it extends. */
export interface TsConfig {
  path: string;
  rows: PathRow[];
  baseUrl: string | null;
  /** `import { type X }` stays in the output as an import. */
  keepsInlineTypes: boolean;
  output: OutputFolder | null;
  references: string[];
}

/** Files that {@link TsConfigs} is made from. */
export const TS_CONFIG_FILE = /(?:^|\/)(?:ts|js)config(?:\.[^/]*)?\.json$/;

const MAX_EXTENDS = 20;
const CONFIG_FOLDER = /^\$\{configDir\}\/?/;

/** Answers which file of this repository an `extends` or a reference means. */
export type FindFile = (folder: string, specifier: string) => string | null;

/** What a configuration extends: a text, or a list of them. */
export function readExtends(value: unknown): string[] {
  return Array.isArray(value) ? value.filter(isText) : isText(value) ? [value] : [];
}

/** The TypeScript configurations of a tree. Nothing outside of the repository is followed. */
export class TsConfigs {
  readonly #files: ReadonlyMap<string, string>;
  readonly #findFile: FindFile;
  readonly #read = new Map<string, TsConfig>();
  readonly #governing = new Map<string, TsConfig[]>();

  constructor(files: ReadonlyMap<string, string>, findFile: FindFile) {
    this.#files = files;
    this.#findFile = findFile;
  }

  all(): TsConfig[] {
    return [...this.#files.keys()].map((path) => this.#load(path)).filter((config) => config !== null);
  }

  /** @param leaf folder of the configuration that extends: `${configDir}` means it */
  #load(path: string, depth = 0, leaf = folderOf(path)): TsConfig | null {
    const known = depth === 0 ? this.#read.get(path) : undefined;
    if (known) return known;
    const text = this.#files.get(path);
    if (text === undefined || depth > MAX_EXTENDS) return null;
    const json = readJson(text);
    const folder = folderOf(path);
    const config: TsConfig = {
      path,
      rows: [],
      baseUrl: null,
      keepsInlineTypes: false,
      output: null,
      references: [],
    };
    for (const base of readExtends(json.extends)) {
      const found = this.#findFile(folder, base);
      const parent = found === null ? null : this.#load(found, depth + 1, leaf);
      if (parent) Object.assign(config, { ...parent, path, references: [] });
    }
    this.#apply(config, folder, leaf, isObject(json.compilerOptions) ? json.compilerOptions : {});
    const references = Array.isArray(json.references) ? json.references.filter(isObject) : [];
    for (const reference of references) {
      const found = isText(reference.path) ? this.#findFile(folder, `./${reference.path}`) : null;
      if (found !== null) config.references.push(found);
    }
    if (depth === 0) this.#read.set(path, config);
    return config;
  }

  #apply(config: TsConfig, folder: string, leaf: string, options: Record<string, unknown>): void {
    const place = (path: string) =>
      CONFIG_FOLDER.test(path)
        ? joinInside(leaf, path.replace(CONFIG_FOLDER, "./"))
        : joinInside(folder, path);
    if (isText(options.baseUrl)) config.baseUrl = place(options.baseUrl);
    if (isObject(options.paths)) {
      const from = config.baseUrl ?? folder;
      config.rows = Object.entries(options.paths).map(([pattern, targets]) => ({
        pattern,
        targets: readExtends(targets)
          .map((target) => (CONFIG_FOLDER.test(target) ? place(target) : joinInside(from, target)))
          .filter((target) => target !== null),
      }));
    }
    if (options.verbatimModuleSyntax === true || options.preserveValueImports === true)
      config.keepsInlineTypes = true;
    if (isText(options.outDir)) {
      const rootDir = isText(options.rootDir) ? place(options.rootDir) : null;
      const outDir = place(options.outDir);
      if (outDir !== null) config.output = { outDir, rootDir };
    }
  }

  /** The configurations that can speak about a file: the nearest, what it refers to, then those further up. */
  governing(folder: string): TsConfig[] {
    const known = this.#governing.get(folder);
    if (known) return known;
    const found = new Map<string, TsConfig>();
    const add = (path: string, depth: number) => {
      const config = this.#load(path);
      if (!config || found.has(path) || depth > MAX_EXTENDS) return;
      found.set(path, config);
      for (const reference of config.references) add(reference, depth + 1);
    };
    for (const above of foldersAbove(folder)) {
      for (const name of ["tsconfig.json", "jsconfig.json"]) add(above === "" ? name : `${above}/${name}`, 0);
    }
    const list = [...found.values()];
    this.#governing.set(folder, list);
    return list;
  }
}

/** Where the rows of a configuration place a name, longest prefix first; paths from the top of the repository. */
export function placeByRows(rows: readonly PathRow[], name: string): string[] {
  let best: { length: number; places: string[] } | null = null;
  for (const { pattern, targets } of rows) {
    const at = pattern.indexOf("*");
    if (at < 0) {
      if (pattern === name) return targets;
      continue;
    }
    const [begin, end] = [pattern.slice(0, at), pattern.slice(at + 1)];
    const fits = name.startsWith(begin) && name.endsWith(end) && name.length >= begin.length + end.length;
    if (!fits || (best !== null && best.length >= begin.length)) continue;
    const star = name.slice(begin.length, name.length - end.length);
    best = { length: begin.length, places: targets.map((target) => target.replace("*", star)) };
  }
  return best?.places ?? [];
}
