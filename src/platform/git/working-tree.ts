// Synchronous on purpose: for the many small files of a tree a thread pool costs five times the reading.

import {
  closeSync,
  constants,
  createReadStream,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  readlinkSync,
  readSync,
  realpathSync,
} from "node:fs";
import { dirname, join, sep } from "node:path";
import { Fault, systemCode } from "../errors/index.ts";
import { parseIndex } from "./commit-tree.ts";
import { encodePath, isPlainPath } from "./decode-path.ts";
import { indexStamp } from "./index-stamp.ts";
import { readBlobs } from "./read-blobs.ts";
import type { Repository } from "./repository.ts";
import { splitZero } from "./run-git.ts";
import { searchTree } from "./search-tree.ts";
import { type PathStats, statPaths } from "./stat-paths.ts";
import type { SearchPatterns, Tree, TreeContent, TreeEntry } from "./tree.ts";

/** Above this many, naming them one by one costs git more than searching everything again. */
const FEW_PATHS = 200;
const ABSENT = new Set(["ENOENT", "ENOTDIR", "ELOOP", "EISDIR"]);
/** Never through a link, and never waiting on a pipe that somebody left in the tree. */
const READ_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** A path of the tree, which holds no `..`, below its root. */
function onDisk(root: string, path: string): string | Buffer {
  return encodePath(`${root}/${path}`);
}

/** What one `git ls-files` says of the working tree. */
interface Listing {
  /** What git printed, whole. */
  printed: Buffer;
  tracked: TreeEntry[];
  /** A path that ends with a slash is another repository inside this one. */
  untracked: string[];
  /** Blobs of tracked files that a sparse checkout leaves out of the disk. */
  sparse: Map<string, string>;
}

/** One process for all lists, since starting one costs as much as listing thousands of files. */
async function readListing(repository: Repository): Promise<Listing> {
  const { stdout } = await repository.git(["ls-files", "-t", "-s", "-o", "--exclude-standard", "-z"]);
  const tracked: string[] = [];
  const untracked: string[] = [];
  const absent: string[] = [];
  for (const line of splitZero(stdout)) {
    const tag = line.charAt(0);
    const rest = line.slice(2);
    if (tag === "?") untracked.push(rest);
    // `M` is a path in the middle of a merge, `S` one that a sparse checkout leaves out.
    else if (tag === "H" || tag === "S" || tag === "M") tracked.push(rest);
    if (tag === "S") absent.push(rest);
  }
  const sparse = parseIndex(absent).flatMap(({ path, kind, blob }) =>
    kind === "file" && blob !== null ? [[path, blob] as const] : [],
  );
  return { printed: stdout, tracked: parseIndex(tracked), untracked, sparse: new Map(sparse) };
}

function untrackedEntry(root: string, path: string): TreeEntry {
  if (path.endsWith("/")) return { path: path.slice(0, -1), kind: "submodule", blob: null };
  const status = lstatSync(onDisk(root, path), { throwIfNoEntry: false });
  return { path, kind: status?.isSymbolicLink() ? "link" : "file", blob: null };
}

async function listEntries(listing: Promise<Listing>, root: string): Promise<TreeEntry[]> {
  const { tracked, untracked } = await listing;
  if (untracked.length === 0) return tracked;
  const others = untracked.map((path) => untrackedEntry(root, path));
  return [...tracked, ...others].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** `git grep` passes over what a sparse checkout leaves out, so there the index is asked. */
async function addSparse(
  repository: Repository,
  onDisk: Promise<string[]>,
  { sparse }: Listing,
  patterns: SearchPatterns,
): Promise<string[]> {
  if (sparse.size === 0) return onDisk;
  const inIndex = await searchTree(repository, ["--cached"], patterns);
  return [...new Set([...(await onDisk), ...inIndex.filter((path) => sparse.has(path))])].sort();
}

/** What git does not hold: `git grep --untracked` alone would miss every tracked file that an ignore rule names. */
async function searchUntracked(
  repository: Repository,
  { untracked }: Listing,
  patterns: SearchPatterns,
): Promise<string[]> {
  const others = untracked.filter((path) => !path.endsWith("/"));
  if (others.length === 0) return [];
  const few = others.length <= FEW_PATHS && patterns.pathspecs === undefined && others.every(isPlainPath);
  const pathspecs = few ? others.map((path) => `:(top,literal)${path}`) : patterns.pathspecs;
  return searchTree(repository, ["--untracked"], { ...patterns, ...(pathspecs ? { pathspecs } : {}) });
}

/**
 * The list, and the tracked files that hold a pattern. The search is begun first, since it takes longest; what was
 * added to the index in between, the list has and the search has not, so then it is made once more.
 */
async function listAndSearch(
  repository: Repository,
  list: () => Promise<Listing>,
  patterns: SearchPatterns,
): Promise<{ listing: Listing; onDisk: Promise<string[]> }> {
  const stampOf = () => (repository.worktree === null ? null : indexStamp(repository.worktree));
  const stamp = stampOf();
  if (stamp === null) await list();
  const search = () => {
    const onDisk = searchTree(repository, [], patterns);
    // Thrown where it is awaited; the list may fail before.
    onDisk.catch(() => undefined);
    return onDisk;
  };
  const onDisk = search();
  const listing = await list();
  return { listing, onDisk: stampOf() === stamp ? onDisk : search() };
}

/** What came while git searched is not part of this tree: its answers follow from its list and contents alone. */
async function searchDisk(
  repository: Repository,
  list: () => Promise<Listing>,
  patterns: SearchPatterns,
): Promise<string[]> {
  const { listing, onDisk } = await listAndSearch(repository, list, patterns);
  const found = await Promise.all([
    addSparse(repository, onDisk, listing, patterns),
    searchUntracked(repository, listing, patterns),
  ]);
  const hits = [...new Set(found.flat())].sort();
  if (hits.length === 0) return hits;
  const { tracked, untracked } = listing;
  const listed = new Set([...tracked.map(({ path }) => path), ...untracked]);
  return hits.filter((path) => listed.has(path));
}

/** Runs a call of the file system; null when what it asks for is not there. */
function orNull<T>(call: () => T): T | null {
  try {
    return call();
  } catch (cause) {
    if (systemCode(cause) === undefined) throw cause;
    return null;
  }
}

/** The folder on disk, when no link on the way leads elsewhere. */
function isReal(root: string, folder: string, known: Map<string, boolean>): boolean {
  const seen = known.get(folder);
  if (seen !== undefined) return seen;
  const expected = Buffer.from(encodePath(folder === "." ? root : join(root, folder)));
  const real = orNull(() => realpathSync.native(expected, { encoding: "buffer" }));
  const isSame = real?.equals(expected) ?? false;
  known.set(folder, isSame);
  return isSame;
}

/** A regular file that is open, and its size; null where there is none. @throws Fault when it may not be read */
function openFile(path: string | Buffer): { file: number; size: number } | null {
  let file: number;
  try {
    file = openSync(path, READ_FLAGS);
  } catch (cause) {
    if (ABSENT.has(systemCode(cause) ?? "")) return null;
    throw new Fault("FILE_FAILED", `${path} could not be read: ${(cause as Error).message}`, { cause });
  }
  const status = fstatSync(file);
  if (status.isFile()) return { file, size: status.size };
  closeSync(file);
  return null;
}

/** In one call where the file is as long as it says: Node's own way asks for its size again. */
function readWhole(file: number, size: number): Buffer {
  const content = Buffer.allocUnsafe(size);
  return size > 0 && readSync(file, content, 0, size, 0) === size ? content : readFileSync(file);
}

function readFile(path: string | Buffer, maxBytes: number): TreeContent {
  const opened = openFile(path);
  if (opened === null) return { missing: true };
  const { file, size } = opened;
  try {
    return size > maxBytes ? { tooLarge: size } : { content: readWhole(file, size) };
  } finally {
    closeSync(file);
  }
}

async function readBlob(repository: Repository, blob: string, maxBytes: number): Promise<TreeContent> {
  for await (const [, found] of readBlobs(repository, [blob], maxBytes)) return found;
  return { missing: true };
}

/** The tree on disk, which can also tell whether it is as it was. */
export interface WorkingTree extends Tree {
  /** A sum over what git lists: each path, with its blob in the index. Says nothing of contents on disk. */
  listSum(): Promise<string>;
  /** What the file system says of these paths now. */
  stat(paths: readonly string[]): PathStats;
}

/**
 * What lies on disk, tracked or not, except what git ignores. Reads never pass through a link.
 * @throws Fault when the repository has no working tree.
 */
export function workingTree(repository: Repository): WorkingTree {
  const root = repository.worktree;
  if (root === null) {
    throw new Fault("NOT_A_REPOSITORY", "this repository is bare: it has no working tree", {
      hint: "name a commit: --head <revision>",
    });
  }
  const folders = new Map<string, boolean>();
  const reachable = (path: string) =>
    !path.split("/").includes("..") && !path.includes("\0") && isReal(root, dirname(path), folders);
  let listed: Promise<TreeEntry[]> | undefined;
  let read: Promise<Listing> | undefined;
  const listing = () => (read ??= readListing(repository));
  return {
    name: "the working tree",
    async listSum() {
      // Loaded when the list is there: it takes 3 ms, and the scan's own searches come first.
      const { printed } = await listing();
      const { createHash } = await import("node:crypto");
      return createHash("sha256").update(printed).digest("hex");
    },
    stat: (paths) => statPaths(root, paths),
    list: () => (listed ??= listEntries(listing(), root)),
    async *read(paths, maxBytes = Number.POSITIVE_INFINITY) {
      for (const path of paths) {
        const found: TreeContent = reachable(path)
          ? readFile(onDisk(root, path), maxBytes)
          : { missing: true };
        // Only a list that was asked for tells of a sparse checkout: one file alone is not worth a process.
        const blob = "missing" in found && read ? (await read).sparse.get(path) : undefined;
        yield [path, blob === undefined ? found : await readBlob(repository, blob, maxBytes)];
      }
    },
    async stream(path) {
      const opened = reachable(path) ? orNull(() => openFile(onDisk(root, path))) : null;
      if (opened === null) return null;
      return createReadStream("", { fd: opened.file, highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>;
    },
    search: (patterns) => searchDisk(repository, listing, patterns),
    async readLink(path) {
      const target = reachable(path) ? orNull(() => readlinkSync(onDisk(root, path))) : null;
      return target === null ? null : target.split(sep).join("/");
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
