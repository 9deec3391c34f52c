import { constants, createReadStream } from "node:fs";
import { lstat, open, readlink, realpath } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { Fault, systemCode } from "../errors/index.ts";
import { parseIndex } from "./commit-tree.ts";
import { encodePath, isPlainPath } from "./decode-path.ts";
import type { Repository } from "./repository.ts";
import { splitZero } from "./run-git.ts";
import { searchTree } from "./search-tree.ts";
import type { SearchPatterns, Tree, TreeContent, TreeEntry } from "./tree.ts";

/** Above this many, naming them one by one costs git more than searching everything again. */
const FEW_PATHS = 200;
const ABSENT = new Set(["ENOENT", "ENOTDIR", "ELOOP", "EISDIR"]);
/** Never through a link, and never waiting on a pipe that somebody left in the tree. */
const READ_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

function onDisk(root: string, path: string): string | Buffer {
  return encodePath(join(root, path));
}

/** What one `git ls-files` says of the working tree. */
interface Listing {
  tracked: TreeEntry[];
  /** A path that ends with a slash is another repository inside this one. */
  untracked: string[];
}

/** One process for both lists, since starting one costs as much as listing thousands of files. */
async function readListing(repository: Repository): Promise<Listing> {
  const { stdout } = await repository.git(["ls-files", "-t", "-s", "-o", "--exclude-standard", "-z"]);
  const lines = splitZero(stdout);
  const text = (line: string) => line.slice(2);
  return {
    tracked: parseIndex(lines.filter((line) => !line.startsWith("?")).map(text)),
    untracked: lines.filter((line) => line.startsWith("?")).map(text),
  };
}

async function untrackedEntry(root: string, path: string): Promise<TreeEntry> {
  if (path.endsWith("/")) return { path: path.slice(0, -1), kind: "submodule", blob: null };
  const status = await lstat(onDisk(root, path)).catch(() => null);
  return { path, kind: status?.isSymbolicLink() ? "link" : "file", blob: null };
}

async function listEntries(listing: Promise<Listing>, root: string): Promise<TreeEntry[]> {
  const { tracked, untracked } = await listing;
  if (untracked.length === 0) return tracked;
  const others = await Promise.all(untracked.map((path) => untrackedEntry(root, path)));
  return [...tracked, ...others].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/**
 * Tracked files, and those that git does not hold: `git grep --untracked` alone would miss every tracked
 * file that an ignore rule names.
 */
async function searchDisk(
  repository: Repository,
  listing: Promise<Listing>,
  patterns: SearchPatterns,
): Promise<string[]> {
  const tracked = searchTree(repository, [], patterns);
  const others = (await listing).untracked.filter((path) => !path.endsWith("/"));
  if (others.length === 0) return tracked;
  const few = others.length <= FEW_PATHS && patterns.pathspecs === undefined && others.every(isPlainPath);
  const pathspecs = few ? others.map((path) => `:(top,literal)${path}`) : patterns.pathspecs;
  const hits = await searchTree(repository, ["--untracked"], {
    ...patterns,
    ...(pathspecs ? { pathspecs } : {}),
  });
  return [...new Set([...(await tracked), ...hits])].sort();
}

/** The folder on disk, when no link on the way leads elsewhere. */
async function isReal(root: string, folder: string, known: Map<string, boolean>): Promise<boolean> {
  const seen = known.get(folder);
  if (seen !== undefined) return seen;
  const expected = Buffer.from(encodePath(folder === "." ? root : join(root, folder)));
  const real = await realpath(expected, { encoding: "buffer" }).catch(() => null);
  const isSame = real?.equals(expected) ?? false;
  known.set(folder, isSame);
  return isSame;
}

async function readFile(path: string | Buffer, maxBytes: number): Promise<TreeContent> {
  let file: Awaited<ReturnType<typeof open>>;
  try {
    file = await open(path, READ_FLAGS);
  } catch (cause) {
    if (ABSENT.has(systemCode(cause) ?? "")) return { missing: true };
    throw new Fault("FILE_FAILED", `${path} could not be read: ${(cause as Error).message}`, { cause });
  }
  try {
    const status = await file.stat();
    if (!status.isFile()) return { missing: true };
    if (status.size > maxBytes) return { tooLarge: status.size };
    return { content: await file.readFile() };
  } finally {
    await file.close();
  }
}

/**
 * What lies on disk, tracked or not, except what git ignores. Reads never pass through a link.
 * @throws Fault when the repository has no working tree.
 */
export function workingTree(repository: Repository): Tree {
  const root = repository.worktree;
  if (root === null) {
    throw new Fault("NOT_A_REPOSITORY", "this repository is bare: it has no working tree", {
      hint: "name a commit: --head <revision>",
    });
  }
  const folders = new Map<string, boolean>();
  const reachable = (path: string) =>
    !path.split("/").includes("..") && !path.includes("\0")
      ? isReal(root, dirname(path), folders)
      : Promise.resolve(false);
  let listed: Promise<TreeEntry[]> | undefined;
  let read: Promise<Listing> | undefined;
  const listing = () => (read ??= readListing(repository));
  return {
    name: "the working tree",
    list: () => (listed ??= listEntries(listing(), root)),
    async *read(paths, maxBytes = Number.POSITIVE_INFINITY) {
      for (const path of paths) {
        yield [
          path,
          (await reachable(path)) ? await readFile(onDisk(root, path), maxBytes) : { missing: true },
        ];
      }
    },
    async stream(path) {
      if (!(await reachable(path))) return null;
      const file = await open(onDisk(root, path), READ_FLAGS).catch(() => null);
      if (file === null) return null;
      if ((await file.stat()).isFile()) {
        return createReadStream("", { fd: file, highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>;
      }
      await file.close();
      return null;
    },
    search: (patterns) => searchDisk(repository, listing(), patterns),
    async readLink(path) {
      if (!(await reachable(path))) return null;
      return readlink(onDisk(root, path)).then(
        (target) => target.split(sep).join("/"),
        () => null,
      );
    },
  };
}

/** `a/b` of an absolute path below the working tree, or null when it lies outside. */
export function pathInside(root: string, absolute: string): string | null {
  if (absolute !== root && !absolute.startsWith(root + sep)) return null;
  return absolute
    .slice(root.length + 1)
    .split(sep)
    .join("/");
}
