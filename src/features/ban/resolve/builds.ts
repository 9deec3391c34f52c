import { isCode } from "../search/is-code.ts";
import { entryTargets } from "./entry-points.ts";
import type { FileMap } from "./file-map.ts";
import { folderOf, liesIn } from "./folders.ts";
import type { Manifest, Manifests } from "./manifests.ts";
import { buildFolderOf } from "./source-paths.ts";

/** Files of a package that nobody gets by importing it. */
const NEVER_BUILT = /(?:^|\/)(?:node_modules|tests?|__tests__|__mocks__)\/|\.(?:test|spec|stories)\.[^/]+$/i;

function isCodePath(path: string): boolean {
  return isCode(path, "") || !/\.[^/.]+$/.test(path);
}

function insideOf({ folder }: Manifest, path: string): string {
  return folder === "" ? path : path.slice(folder.length + 1);
}

/** What can be said of builds that are not in the tree: any code of a package, tests apart, may be in them. */
export class Builds {
  readonly #files: FileMap;
  readonly #manifests: Manifests;
  readonly #wholes = new Map<string, string[]>();

  constructor(files: FileMap, manifests: Manifests) {
    this.#files = files;
    this.#manifests = manifests;
  }

  /** May a build of this package be made of the file? */
  areMadeOf(manifest: Manifest, path: string): boolean {
    return (
      liesIn(path, manifest.folder) &&
      isCode(path, "") &&
      !NEVER_BUILT.test(insideOf(manifest, path)) &&
      this.#manifests.nearest(folderOf(path))?.folder === manifest.folder
    );
  }

  /** All files that a build of the package may be made of. */
  sources(manifest: Manifest): string[] {
    const known = this.#wholes.get(manifest.folder);
    if (known) return known;
    const files = [...this.#files.paths()].filter((path) => this.areMadeOf(manifest, path));
    this.#wholes.set(manifest.folder, files);
    return files;
  }

  /** Does a manifest give a subpath to code, which is then built where it is mapped to no file? */
  isGiven(manifest: Manifest, subpath: string): boolean {
    const targets = entryTargets(manifest.json, subpath);
    return (
      [...(targets?.runtime ?? []), ...(targets?.hints ?? [])].some(isCodePath) ||
      (subpath === "." && targets?.runtime.length === 0 && manifest.json.exports == null)
    );
  }

  /** The package of which a path is the output of a build, as far as that is not in the tree. */
  packageOf(path: string): Manifest | null {
    const manifest = isCodePath(path) ? this.#manifests.nearest(folderOf(path)) : null;
    const build = manifest === null ? null : buildFolderOf(insideOf(manifest, path));
    if (manifest === null || build === null) return null;
    const folder = manifest.folder === "" ? build : `${manifest.folder}/${build}`;
    return this.#files.folder(folder) === null ? manifest : null;
  }
}
