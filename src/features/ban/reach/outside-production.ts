import type { Tree } from "../../../platform/git/index.ts";
import { folderOf, foldersAbove } from "../resolve/folders.ts";
import { readFiles, type Suspect } from "../search/find-mentions.ts";

/** So few files are read sooner than git starts twice. */
const MAX_READ = 300;
/** More paths than this cost git more to compare than it saves. */
const MAX_PATHS = 200;
/** Where most files are outside of production, a search of these alone saves little. */
const MAX_SHARE = 0.4;
const MAY_BE_CODE = /\.(?:[cm]?[jt]sx?|vue|svelte|astro|mdx|html?)$|(?:^|\/)[^/.]+$/i;

/** How the code outside of production is best searched: by reading it once, or below these git pathspecs. */
export type Outside = { read(): Promise<readonly Suspect[]> } | { pathspecs: readonly string[] };

/** Whole folders where possible; null when the files lie too scattered. */
function pathspecsFor(outside: readonly string[], goalFolders: ReadonlySet<string>): string[] | null {
  const found = new Set<string>();
  for (const path of outside) {
    const whole = foldersAbove(folderOf(path))
      .reverse()
      .find((folder) => !goalFolders.has(folder));
    found.add(whole === undefined || whole === "" ? path : whole);
    if (found.size > MAX_PATHS) return null;
  }
  return [...found].map((path) => `:(top,literal)${path}`);
}

function readOnce(tree: Tree, paths: readonly string[]): Outside {
  let texts: Promise<readonly Suspect[]> | undefined;
  return { read: () => (texts ??= readFiles(tree, paths)) };
}

/**
 * Finds the code of a tree that is not production.
 * @returns null when there is too much of it, or it lies too scattered, for a search of its own
 */
export async function findOutside(tree: Tree, isGoal: (path: string) => boolean): Promise<Outside | null> {
  const goalFolders = new Set<string>();
  const outside: string[] = [];
  let goals = 0;
  for (const { path, kind } of await tree.list()) {
    if (kind !== "file" || !MAY_BE_CODE.test(path)) continue;
    if (!isGoal(path)) {
      outside.push(path);
      continue;
    }
    goals += 1;
    for (let folder = folderOf(path); !goalFolders.has(folder); folder = folderOf(folder))
      goalFolders.add(folder);
  }
  if (outside.length <= MAX_READ) return readOnce(tree, outside);
  if (outside.length > (outside.length + goals) * MAX_SHARE) return null;
  const pathspecs = pathspecsFor(outside, goalFolders);
  return pathspecs === null ? null : { pathspecs };
}
