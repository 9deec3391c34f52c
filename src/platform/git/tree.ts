/** What git records at a path. A link is never followed by a reader; its target is its content. */
export interface TreeEntry {
  /** Path from the top, with `/`. */
  path: string;
  kind: "file" | "link" | "submodule";
  /** Blob id; null for an untracked file. In the working tree it is the index's: the disk may hold something else. */
  blob: string | null;
}

/** What {@link Tree.read} found: the content, or why there is none. */
export type TreeContent = { content: Buffer } | { missing: true } | { tooLarge: number };

/**
 * The files of a commit, of the index, or of the working tree (tracked and untracked, not ignored).
 * Judges of content ask a Tree, so the same rule holds in CI, in a bare repository and on disk.
 */
export interface Tree {
  /** For messages: `commit 1a2b3c4`, `the index`, `the working tree`. */
  readonly name: string;
  /** All entries in path order. */
  list(): Promise<readonly TreeEntry[]>;
  /**
   * Contents of regular files by path, in the order asked. A link, a folder, or nothing is `missing`.
   * Files over `maxBytes` are not loaded. Yields one at a time, so any number may be asked for.
   */
  read(paths: readonly string[], maxBytes?: number): AsyncIterable<[path: string, content: TreeContent]>;
  /** Content of one regular file, in chunks; null when there is none. For files of any size. */
  stream(path: string): Promise<AsyncIterable<Buffer> | null>;
  /**
   * Paths of regular files whose bytes hold one of these patterns (fixed strings as bytes, or regular expressions
   * in what POSIX and Perl have in common), among files whose name ends with one of `extensions` when given. Case-sensitive.
   */
  search(patterns: SearchPatterns): Promise<string[]>;
  /** What a link says, as it stands there; null when there is no link at the path. Leads anywhere: judge it. */
  readLink(path: string): Promise<string | null>;
}

export interface SearchPatterns {
  fixed?: readonly (string | Buffer)[];
  regex?: readonly (string | Buffer)[];
  /** Git glob pathspecs, such as `:(glob)**\/*.ts`. All files when absent. */
  pathspecs?: readonly string[];
}

/** Reads one file of a tree whole; null when there is no such regular file. */
export async function readOne(tree: Tree, path: string): Promise<Buffer | null> {
  for await (const [, found] of tree.read([path])) {
    if ("content" in found) return found.content;
  }
  return null;
}
