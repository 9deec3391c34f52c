import { readOne, type Tree } from "../../../platform/git/index.ts";
import type { Production } from "../production.ts";
import { isProductionManifest } from "../production-manifest.ts";
import { folderOf, joinInside } from "../resolve/folders.ts";
import type { Resolver } from "../resolve/resolver.ts";
import { decodeSource } from "../search/decode-source.ts";
import { productionScripts } from "../spawn/find-script-spawns.ts";
import { readScript } from "../spawn/read-script.ts";
import type { ScriptCommand } from "../spawn/read-shell.ts";
import { isDeployment, scriptKind } from "../spawn/script-kind.ts";
import { splitCommand } from "../spawn/split-command.ts";
import { startedPaths } from "../spawn/started-paths.ts";
import type { Step } from "./find-chains.ts";
import { scriptsOf } from "./own-scripts.ts";

/** Scripts run scripts; so many files at most. */
const MAX_FILES = 2_000;
const MAX_BYTES = 4 << 20;

/** How production comes to a file by running it: the commands on the way. */
export type StartedFiles = ReadonlyMap<string, Step[]>;

/** Is this script production: by its path, or as what deploys a production package? */
export function isProductionScript(
  path: string,
  text: string,
  production: Production,
  resolver: Resolver,
): boolean {
  if (production.holds(path)) return true;
  if (production.isAllowed(path) || !isDeployment(scriptKind(path, text))) return false;
  const folder = folderOf(path);
  return (
    folder === "" ||
    (resolver.manifests.at(folder) !== null && isProductionManifest(folder, production, resolver))
  );
}

class Search {
  readonly found = new Map<string, Step[]>();
  readonly #tree: Tree;
  readonly #resolver: Resolver;
  readonly #waiting: { path: string; steps: Step[] }[] = [];

  constructor(tree: Tree, resolver: Resolver) {
    this.#tree = tree;
    this.#resolver = resolver;
  }

  /** A script of production, from which others are run. */
  begin(path: string): void {
    this.#waiting.push({ path, steps: [] });
  }

  /** Notes what a command runs, looked for from these folders. */
  run(
    { words, line }: ScriptCommand,
    file: string,
    steps: readonly Step[],
    folders: readonly string[],
  ): void {
    for (const { path, isModule } of startedPaths(words)) {
      for (const folder of folders) {
        const place = joinInside(folder, path);
        const files = place === null || place === "" ? [] : this.#find(place, isModule);
        for (const started of files) this.#add(started, [...steps, { file, line }]);
        if (files.length > 0) break;
      }
    }
  }

  #find(place: string, isModule: boolean): string[] {
    if (isModule) return this.#resolver.locate(place);
    const file = this.#resolver.files.file(place);
    return file === null ? [] : [file];
  }

  #add(path: string, steps: Step[]): void {
    if (this.found.has(path) || this.found.size > MAX_FILES) return;
    this.found.set(path, steps);
    this.#waiting.push({ path, steps });
  }

  /** Reads scripts until none runs another one. */
  async finish(): Promise<void> {
    const seen = new Set<string>();
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      const { path, steps } = next;
      if (seen.has(path)) continue;
      seen.add(path);
      await this.#read(path, steps);
    }
  }

  async #read(path: string, steps: readonly Step[]): Promise<void> {
    // A file without an ending may be a script by its first line.
    if (scriptKind(path) === null && /\.[^/.]+$/.test(path)) return;
    for await (const [, found] of this.#tree.read([path], MAX_BYTES)) {
      const text = "content" in found ? decodeSource(found.content) : "";
      const kind = scriptKind(path, text);
      if (kind === null) return;
      const folder = folderOf(path);
      const folders = [folder, this.#resolver.manifests.nearest(folder)?.folder ?? "", ""];
      for (const command of readScript(kind, text)) this.run(command, path, steps, [...new Set(folders)]);
    }
  }
}

/** The line of a script in the text of its manifest. */
export function lineOfScript(text: string, name: string): number {
  const from = Math.max(text.indexOf('"scripts"'), 0);
  const at = text.indexOf(JSON.stringify(name), from);
  return at < 0 ? 1 : text.slice(0, at).split("\n").length;
}

/**
 * The files that production runs: from the scripts of its manifests that run there (`start`, `postinstall`), from its
 * shell scripts, images and process lists, and from what these run in turn. Each with the commands that lead to it.
 */
export async function findStartedFiles(
  tree: Tree,
  production: Production,
  resolver: Resolver,
): Promise<StartedFiles> {
  const search = new Search(tree, resolver);
  for (const manifest of resolver.manifests.all()) {
    const scripts = productionScripts(scriptsOf(manifest));
    const path = joinInside(manifest.folder, "package.json") ?? "";
    if (scripts.length === 0 || !isProductionManifest(manifest.folder, production, resolver)) continue;
    const text = decodeSource((await readOne(tree, path)) ?? Buffer.alloc(0));
    for (const { text: script, way } of scripts) {
      const line = lineOfScript(text, way[0] ?? "");
      for (const words of splitCommand(script)) search.run({ words, line }, path, [], [manifest.folder]);
    }
  }
  for (const path of resolver.files.paths()) {
    if (scriptKind(path) !== null && isProductionScript(path, "", production, resolver)) search.begin(path);
  }
  await search.finish();
  return search.found;
}
