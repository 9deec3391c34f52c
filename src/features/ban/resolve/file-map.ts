import type { Tree, TreeEntry } from "../../../platform/git/index.ts";
import { folderOf, joinInside } from "./folders.ts";

/** As many links as a system follows before it says that they run in circles. */
const MAX_LINKS = 40;
const CODE = ["ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs"];
const EXTENSIONS = [...CODE, "vue", "svelte", "astro", "mdx", "json", "node", "d.ts", "d.mts", "d.cts"];
/** TypeScript lets code name the file that will be built; the source stands beside it. */
const BUILT: Record<string, string[]> = {
  js: ["ts", "tsx", "jsx", "d.ts"],
  jsx: ["tsx", "ts", "d.ts"],
  mjs: ["mts", "d.mts"],
  cjs: ["cts", "d.cts"],
};
/** `./x` is `./x.web.ts` on one platform and `./x.native.ts` on another. */
const PLATFORMS = ["web", "native", "ios", "android", "node", "browser", "server", "client"];

/** The files of a tree by path, with the links between them. */
export class FileMap {
  readonly #files: ReadonlySet<string>;
  readonly #folders: ReadonlySet<string>;
  #stems: ReadonlySet<string> | undefined;
  /** Path of a link → where it leads, or null when out of the repository. */
  readonly links: ReadonlyMap<string, string | null>;

  constructor(entries: readonly TreeEntry[], links: ReadonlyMap<string, string | null>) {
    this.#files = new Set(entries.filter(({ kind }) => kind === "file").map(({ path }) => path));
    const folders = new Set([""]);
    for (const { path } of entries) {
      for (let folder = folderOf(path); !folders.has(folder); folder = folderOf(folder)) folders.add(folder);
    }
    this.#folders = folders;
    this.links = links;
  }

  /** The path behind all links on the way; null when it leads out, or in circles. */
  follow(path: string): string | null {
    if (this.links.size === 0) return path;
    let rest = path.split("/");
    let done = "";
    for (let followed = 0; rest.length > 0; ) {
      const [next = "", ...later] = rest;
      const here = done === "" ? next : `${done}/${next}`;
      const target = this.links.get(here);
      rest = later;
      if (target === undefined) done = here;
      else {
        followed += 1;
        if (target === null || followed > MAX_LINKS) return null;
        rest = target === "" ? later : [...target.split("/"), ...later];
        done = "";
      }
    }
    return done;
  }

  /** The regular file at a path, links followed. */
  file(path: string): string | null {
    const real = this.follow(path);
    return real !== null && this.#files.has(real) ? real : null;
  }

  folder(path: string): string | null {
    const real = this.follow(path);
    return real !== null && this.#folders.has(real) ? real : null;
  }

  has(path: string): boolean {
    return this.#files.has(path);
  }

  paths(): Iterable<string> {
    return this.#files;
  }

  /** The paths of all files up to each point in their names. */
  #stemsOfAll(): ReadonlySet<string> {
    if (this.#stems !== undefined) return this.#stems;
    const stems = new Set<string>();
    for (const path of this.#files) {
      for (let at = path.indexOf(".", path.lastIndexOf("/") + 1); at >= 0; at = path.indexOf(".", at + 1))
        stems.add(path.slice(0, at));
    }
    this.#stems = stems;
    return stems;
  }

  /** Can no name that goes on after this one be there? Most that are asked for are of packages from elsewhere. */
  #isNoStem(stem: string): boolean {
    return this.links.size === 0 && !this.#stemsOfAll().has(stem);
  }

  /** The file that an extensionless or built name means, folders apart. */
  probe(path: string): string | null {
    const exact = this.file(path);
    if (exact !== null) return exact;
    const [, stem = path, extension = ""] = /^(.+)\.([cm]?jsx?)$/.exec(path) ?? [];
    if (this.#isNoStem(path) && (stem === path || this.#isNoStem(stem))) return null;
    const candidates = [
      ...(BUILT[extension] ?? []).map((source) => `${stem}.${source}`),
      ...EXTENSIONS.map((added) => `${path}.${added}`),
      ...PLATFORMS.flatMap((platform) => CODE.slice(0, 6).map((added) => `${path}.${platform}.${added}`)),
    ];
    for (const candidate of candidates) {
      const found = this.file(candidate);
      if (found !== null) return found;
    }
    return null;
  }
}

async function readLinks(tree: Tree, entries: readonly TreeEntry[]): Promise<Map<string, string | null>> {
  const links = new Map<string, string | null>();
  for (const { path, kind } of entries) {
    if (kind !== "link") continue;
    const target = await tree.readLink(path);
    const outside = target === null || target.startsWith("/") || target.includes("\0");
    links.set(path, outside ? null : joinInside(folderOf(path), target));
  }
  return links;
}

export async function readFileMap(tree: Tree): Promise<FileMap> {
  const entries = await tree.list();
  return new FileMap(entries, await readLinks(tree, entries));
}
