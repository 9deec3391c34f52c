import { folderOf, joinInside } from "../resolve/folders.ts";
import type { Manifest } from "../resolve/manifests.ts";
import { isObject, isText } from "../resolve/read-json.ts";
import type { Resolver } from "../resolve/resolver.ts";
import type { Needle } from "../search/spellings.ts";
import { calledScripts } from "../spawn/find-script-spawns.ts";
import type { LocalStart } from "../spawn/local-starts.ts";
import { splitCommand } from "../spawn/split-command.ts";
import { startedPaths } from "../spawn/started-paths.ts";
import { needleOfScript } from "./needles.ts";

/** In a longer list than any real one only whole names are followed, no patterns such as `build:*`. */
const MAX_SCRIPTS = 2_000;

interface Script {
  /** The scripts of the same manifest that it runs, also before and after it. */
  calls: string[];
  files: string[];
}

/** The scripts of a manifest with their texts. */
export function scriptsOf({ json }: Manifest): Map<string, string> {
  const entries = Object.entries(isObject(json.scripts) ? json.scripts : {});
  return new Map(entries.filter((entry): entry is [string, string] => isText(entry[1])));
}

/** Stands for one script of a manifest where files are followed. */
export function scriptKey(manifest: string, name: string): string {
  return `${manifest}#${name}`;
}

/** Is this what {@link scriptKey} makes? No file of the tree is asked for under such a name. */
export function isScriptKey(file: string): boolean {
  return /(?:^|\/)package\.json#/.test(file);
}

/** The files that commands of code and shell scripts start, also through the scripts of manifests. */
export class OwnScripts {
  readonly #resolver: Resolver;
  readonly #scripts = new Map<Manifest, Map<string, Script>>();

  constructor(resolver: Resolver) {
    this.#resolver = resolver;
  }

  /**
   * The files that something may start, looked for where the program may be running: at the top, in the folder of its
   * package, in its own. Scripts of manifests are among them by their keys.
   */
  filesOf(importer: string, what: LocalStart): string[] {
    const { manifests } = this.#resolver;
    const folder = folderOf(importer);
    const nearest = manifests.nearest(folder);
    if ("path" in what) {
      const folders = new Set([folder, nearest?.folder ?? "", ""]);
      return [...folders].flatMap((from) => this.#find(from, what.path, what.isModule));
    }
    const governing = new Set([nearest, manifests.at("")]);
    return [...governing].flatMap((manifest) => (manifest ? this.#filesOfScript(manifest, what.script) : []));
  }

  /** What finds the commands that run a script by which a file, or another script, is run. */
  needlesTo(file: string): Needle[] {
    const names = new Set<string>();
    for (const manifest of this.#resolver.manifests.all())
      for (const name of this.#scriptsTo(manifest, file)) names.add(name);
    return [...names].map(needleOfScript);
  }

  #find(folder: string, path: string, isModule: boolean): string[] {
    const place = joinInside(folder, path);
    if (place === null || place === "") return [];
    if (isModule) return this.#resolver.locate(place);
    const file = this.#resolver.files.file(place);
    return file === null ? [] : [file];
  }

  #of(manifest: Manifest): Map<string, Script> {
    const known = this.#scripts.get(manifest);
    if (known) return known;
    const texts = scriptsOf(manifest);
    const names = texts.size > MAX_SCRIPTS ? [] : [...texts.keys()];
    const scripts = new Map<string, Script>();
    for (const [name, text] of texts) {
      const around = [`pre${name}`, `post${name}`];
      const calls = [...around, ...calledScripts(text, names)].filter((called) => texts.has(called));
      const files = splitCommand(text)
        .flatMap(startedPaths)
        .flatMap(({ path, isModule }) => this.#find(manifest.folder, path, isModule));
      scripts.set(name, { calls, files });
    }
    this.#scripts.set(manifest, scripts);
    return scripts;
  }

  #filesOfScript(manifest: Manifest, first: string): string[] {
    const scripts = this.#of(manifest);
    const path = joinInside(manifest.folder, "package.json") ?? "";
    const files: string[] = [];
    const names = new Set([first]);
    for (const name of names) {
      const script = scripts.get(name);
      if (!script) continue;
      files.push(scriptKey(path, name), ...script.files);
      for (const called of script.calls) names.add(called);
    }
    return files;
  }

  #scriptsTo(manifest: Manifest, file: string): ReadonlySet<string> {
    const path = joinInside(manifest.folder, "package.json") ?? "";
    const scripts = this.#of(manifest);
    const isTo = (name: string, { files }: Script) => scriptKey(path, name) === file || files.includes(file);
    const found = new Set([...scripts].filter(([name, script]) => isTo(name, script)).map(([name]) => name));
    if (found.size === 0) return found;
    const callers = new Map<string, string[]>();
    for (const [name, { calls }] of scripts)
      for (const called of calls) {
        const known = callers.get(called);
        if (known) known.push(name);
        else callers.set(called, [name]);
      }
    for (const name of found) for (const caller of callers.get(name) ?? []) found.add(caller);
    return found;
  }
}
