// Synchronous on purpose: for the many small files of a tree a thread pool costs five times the reading.

import { createHash } from "node:crypto";
import {
  closeSync,
  constants,
  createReadStream,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
} from "node:fs";
import { dirname, join, sep } from "node:path";
import { Fault, systemCode } from "../errors/index.ts";
import { parseIndex } from "./commit-tree.ts";
import { encodePath, isPlainPath } from "./decode-path.ts";
import { readBlobs } from "./read-blobs.ts";
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
  /** What git printed, whole. */
  printed: Buffer;
  tracked: TreeEntry[];
  /** A path that ends with a slash is another repository inside this one. */
  untracked: string[];
  /** Tracked paths whose content on disk is not that of the index. */
  modified: string[];
  /** Blobs of tracked files that a sparse checkout leaves out of the disk. */
  sparse: Map<string, string>;
}

/** One process for all lists, since starting one costs as much as listing thousands of files. */
async function readListing(repository: Repository, watched: boolean): Promise<Listing> {
  const asked = ["ls-files", "-t", "-s", ...(watched ? ["-m"] : []), "-o", "--exclude-standard", "-z"];
  const { stdout } = await repository.git(asked);
  const lines = splitZero(stdout);
  const ofKind = (tags: string) =>
    lines.filter((line) => tags.includes(line.charAt(0))).map((line) => line.slice(2));
  const sparse = parseIndex(ofKind("S")).flatMap(({ path, kind, blob }) =>
    kind === "file" && blob !== null ? [[path, blob] as const] : [],
  );
  return {
    printed: stdout,
    // `M` is a path in the middle of a merge.
    tracked: parseIndex(ofKind("HSM")),
    untracked: ofKind("?"),
    modified: parseIndex(ofKind("CR")).map(({ path }) => path),
    sparse: new Map(sparse),
  };
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
async function searchTracked(
  repository: Repository,
  listing: Promise<Listing>,
  patterns: SearchPatterns,
): Promise<string[]> {
  const onDisk = searchTree(repository, [], patterns);
  // Thrown where it is awaited; the list may fail before.
  onDisk.catch(() => undefined);
  const { sparse } = await listing;
  if (sparse.size === 0) return onDisk;
  const inIndex = await searchTree(repository, ["--cached"], patterns);
  return [...new Set([...(await onDisk), ...inIndex.filter((path) => sparse.has(path))])].sort();
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
  const tracked = searchTracked(repository, listing, patterns);
  tracked.catch(() => undefined);
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

/** A descriptor of a regular file, or null where there is none. @throws Fault when it may not be read */
function openFile(path: string | Buffer): number | null {
  let file: number;
  try {
    file = openSync(path, READ_FLAGS);
  } catch (cause) {
    if (ABSENT.has(systemCode(cause) ?? "")) return null;
    throw new Fault("FILE_FAILED", `${path} could not be read: ${(cause as Error).message}`, { cause });
  }
  if (fstatSync(file).isFile()) return file;
  closeSync(file);
  return null;
}

function readFile(path: string | Buffer, maxBytes: number): TreeContent {
  const file = openFile(path);
  if (file === null) return { missing: true };
  try {
    const { size } = fstatSync(file);
    return size > maxBytes ? { tooLarge: size } : { content: readFileSync(file) };
  } finally {
    closeSync(file);
  }
}

async function readBlob(repository: Repository, blob: string, maxBytes: number): Promise<TreeContent> {
  for await (const [, found] of readBlobs(repository, [blob], maxBytes)) return found;
  return { missing: true };
}

/** More changed files or bytes than this are not worth being read only to know the state. */
const MAX_STATE_FILES = 500;
const MAX_STATE_BYTES = 8 << 20;

/** A sum over every path, blob and changed content of the tree; null when too much of it is changed. */
async function readState(tree: Tree, { printed, modified, untracked }: Listing): Promise<string | null> {
  const changed = [...modified, ...untracked.filter((path) => !path.endsWith("/"))];
  if (changed.length > MAX_STATE_FILES) return null;
  const sum = createHash("sha256").update(printed);
  let bytes = 0;
  for await (const [path, found] of tree.read(changed, MAX_STATE_BYTES)) {
    const content =
      "content" in found ? found.content : Buffer.from(`link ${(await tree.readLink?.(path)) ?? ""}`);
    bytes += content.length;
    if ("tooLarge" in found || bytes > MAX_STATE_BYTES) return null;
    sum.update(`\0${path}\0${content.length}\0`).update(content);
  }
  return sum.digest("hex");
}

/** The tree on disk, which can also tell whether it is as it was. */
export interface WorkingTree extends Tree {
  /**
   * A sum that is the same exactly while all that the tree lists is the same: by blob where git says that the
   * file is unchanged, by content elsewhere. Null when too much is changed to tell cheaply, and for a tree that is
   * not watched: right after a clone git must read every file to say that it is unchanged.
   */
  state(): Promise<string | null>;
  /** The same tree, looked at anew. */
  again(): WorkingTree;
}

/**
 * What lies on disk, tracked or not, except what git ignores. Reads never pass through a link.
 * @throws Fault when the repository has no working tree.
 */
export function workingTree(repository: Repository, { watched = false } = {}): WorkingTree {
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
  const listing = () => (read ??= readListing(repository, watched));
  const tree: WorkingTree = {
    name: "the working tree",
    state: async () => (watched ? readState(tree, await listing()) : null),
    again: () => workingTree(repository, { watched }),
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
      const file = reachable(path) ? orNull(() => openFile(onDisk(root, path))) : null;
      if (file === null) return null;
      return createReadStream("", { fd: file, highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>;
    },
    search: (patterns) => searchDisk(repository, listing(), patterns),
    async readLink(path) {
      const target = reachable(path) ? orNull(() => readlinkSync(onDisk(root, path))) : null;
      return target === null ? null : target.split(sep).join("/");
    },
  };
  return tree;
}

/** `a/b` of an absolute path below the working tree, or null when it lies outside. */
export function pathInside(root: string, absolute: string): string | null {
  if (absolute !== root && !absolute.startsWith(root + sep)) return null;
  return absolute
    .slice(root.length + 1)
    .split(sep)
    .join("/");
}
