import type { PathMatcher } from "../../../platform/globs/index.ts";
import { folderOf, foldersAbove, joinInside, liesIn } from "./folders.ts";
import { isObject, isText, type JsonObject, readJson } from "./read-json.ts";

/** A `package.json`, where it lies. */
export interface Manifest {
  folder: string;
  name: string | null;
  json: JsonObject;
  /** Package name → version text, of all kinds of dependencies. */
  dependencies: ReadonlyMap<string, string>;
}

const SECTIONS = ["peerDependencies", "optionalDependencies", "devDependencies", "dependencies"];
const LOCAL = /^(?:file|link|portal):(.+)$/;
const WORKSPACE_ALIAS = /^workspace:((?:@[^/@]+\/)?[^@/*^~<>=\d][^@]*)@/;

function readManifest(path: string, text: string): Manifest {
  const json = readJson(text);
  const dependencies = new Map<string, string>();
  for (const section of SECTIONS) {
    for (const [name, version] of Object.entries(isObject(json[section]) ? json[section] : {})) {
      if (isText(version)) dependencies.set(name, version);
    }
  }
  return { folder: folderOf(path), name: isText(json.name) ? json.name : null, json, dependencies };
}

function readTexts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter(isText) : [];
}

function unquote(item: string): string {
  const trimmed = item.trim();
  const quoted = /^"([^"]*)"|^'([^']*)'/.exec(trimmed);
  return quoted?.[1] ?? quoted?.[2] ?? trimmed.replace(/(?:^|\s)#.*$/, "").trim();
}

/** The `packages:` list of `pnpm-workspace.yaml`, in block or flow style. */
export function readPnpmPackages(text: string): string[] {
  const lines = text.split(/\r?\n/);
  const from = lines.findIndex((line) => /^packages:/.test(line));
  if (from < 0) return [];
  const [, flow] = /^packages:\s*\[([^\]]*)/.exec(lines.slice(from, from + 50).join(" ")) ?? [];
  if (flow !== undefined) return flow.split(",").map(unquote).filter(Boolean);
  const items: string[] = [];
  for (const line of lines.slice(from + 1)) {
    if (/^\s*-/.test(line)) items.push(unquote(line.replace(/^\s*-/, "")));
    else if (/^\s*[^\s#]/.test(line)) break;
  }
  return items.filter(Boolean);
}

function rushFolders(text: string): string[] {
  const { projects } = readJson(text);
  const list = Array.isArray(projects) ? projects.filter(isObject) : [];
  return list.map(({ projectFolder }) => projectFolder).filter(isText);
}

/** Globs of workspace folders that a file at the root of a workspace names. */
function workspaceGlobs(path: string, text: string): string[] {
  const file = path.slice(path.lastIndexOf("/") + 1);
  if (file === "pnpm-workspace.yaml") return readPnpmPackages(text);
  if (file === "rush.json") return rushFolders(text);
  const { workspaces, packages } = readJson(text);
  if (file === "lerna.json") return readTexts(packages);
  return isObject(workspaces) ? readTexts(workspaces.packages) : readTexts(workspaces);
}

/** Makes one matcher of many globs. */
export type MatchPaths = (globs: readonly string[]) => PathMatcher;

/** Files that {@link Manifests} is made from. */
export const MANIFEST_FILE = /(?:^|\/)(?:package\.json|pnpm-workspace\.yaml|lerna\.json|rush\.json)$/;

/** The manifests of a tree, and which of them form workspaces. */
export class Manifests {
  readonly #matchPaths: MatchPaths;
  readonly #byFolder = new Map<string, Manifest>();
  /** Of packages that are committed below `node_modules`. */
  readonly #installed = new Map<string, Manifest>();
  /** Folders of workspace members. */
  readonly #members = new Set<string>();
  readonly #byName = new Map<string, Manifest>();
  /** Folder without a manifest of its own → the one that governs it. */
  readonly #nearest = new Map<string, Manifest | null>();

  /**
   * @param matchPaths how globs match; handed in, so that what matches is loaded once
   * @param installed manifests below `node_modules`: of no workspace, and known by their folders' names
   */
  constructor(
    files: ReadonlyMap<string, string>,
    matchPaths: MatchPaths,
    installed: ReadonlyMap<string, string> = new Map(),
  ) {
    this.#matchPaths = matchPaths;
    for (const [path, text] of installed) this.#installed.set(folderOf(path), readManifest(path, text));
    for (const [path, text] of files) {
      if (path.endsWith("package.json")) this.#byFolder.set(folderOf(path), readManifest(path, text));
    }
    for (const [path, text] of files) this.#addWorkspace(folderOf(path), workspaceGlobs(path, text));
    for (const folder of this.#members) {
      const manifest = this.#byFolder.get(folder);
      if (manifest?.name) this.#byName.set(manifest.name, manifest);
    }
  }

  #addWorkspace(root: string, globs: readonly string[]): void {
    const clean = (glob: string) => glob.replace(/^\.\//, "").replace(/\/+$/, "");
    const isMember = this.#matchPaths(globs.filter((glob) => !glob.startsWith("!")).map(clean));
    const isExcluded = this.#matchPaths(
      globs.filter((glob) => glob.startsWith("!")).map((glob) => clean(glob.slice(1))),
    );
    if (globs.length === 0) return;
    this.#members.add(root);
    for (const folder of this.#byFolder.keys()) {
      if (!liesIn(folder, root) || folder === root) continue;
      const inside = root === "" ? folder : folder.slice(root.length + 1);
      if (isMember(inside) && !isExcluded(inside)) this.#members.add(folder);
    }
  }

  /** All but installed ones. */
  all(): Iterable<Manifest> {
    return this.#byFolder.values();
  }

  at(folder: string): Manifest | null {
    return this.#byFolder.get(folder) ?? this.#installed.get(folder) ?? null;
  }

  isMember(folder: string): boolean {
    return this.#members.has(folder);
  }

  named(name: string): Manifest | null {
    return this.#byName.get(name) ?? null;
  }

  /** The manifest that governs a file: the nearest one above it. */
  nearest(folder: string): Manifest | null {
    const known = this.at(folder) ?? this.#nearest.get(folder);
    if (known !== undefined) return known;
    const found = folder === "" ? null : this.nearest(folderOf(folder));
    this.#nearest.set(folder, found);
    return found;
  }

  /** The version text under which code in a folder knows a package. */
  declared(folder: string, name: string): { version: string; by: Manifest } | null {
    for (const above of foldersAbove(folder)) {
      const by = this.#byFolder.get(above);
      const version = by?.dependencies.get(name);
      if (by && version !== undefined) return { version, by };
    }
    return null;
  }

  /** The package of this repository that a name means in a folder, or null when it comes from elsewhere. */
  local(folder: string, name: string): Manifest | null {
    const declared = this.declared(folder, name);
    const [, path] = LOCAL.exec(declared?.version ?? "") ?? [];
    if (declared && path !== undefined) {
      const target = joinInside(declared.by.folder, path);
      return target === null ? null : this.at(target);
    }
    const [, renamed] = WORKSPACE_ALIAS.exec(declared?.version ?? "") ?? [];
    if (renamed !== undefined) return this.named(renamed);
    if (declared?.version.startsWith("npm:")) return null;
    const own = this.nearest(folder);
    if (own?.name === name && own.json.exports !== undefined) return own;
    return this.named(name);
  }
}
