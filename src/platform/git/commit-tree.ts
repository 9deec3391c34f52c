import { readBlobs, streamBlob } from "./read-blobs.ts";
import type { Repository } from "./repository.ts";
import { splitZero } from "./run-git.ts";
import { searchTree } from "./search-tree.ts";
import type { Tree, TreeContent, TreeEntry } from "./tree.ts";

/** No system takes a longer path. */
const MAX_TARGET = 1 << 16;

const MODE_LENGTH = 6;
/** In a tree the word `blob` or `commit` stands between mode and id. */
const ID_IN_TREE = { b: MODE_LENGTH + 6, c: MODE_LENGTH + 8 } as const;

const KIND_OF_MODE: Record<string, TreeEntry["kind"]> = { "120000": "link", "160000": "submodule" };

/** One line of `git ls-tree -r` or `git ls-files -s`: mode, …, blob id, …, tab, path. */
function parseEntry(line: string, idAt: number): TreeEntry {
  const tab = line.indexOf("\t");
  const space = line.indexOf(" ", idAt);
  const kind = line.startsWith("100") ? "file" : (KIND_OF_MODE[line.slice(0, MODE_LENGTH)] ?? "file");
  return { path: line.slice(tab + 1), kind, blob: line.slice(idAt, space < 0 || space > tab ? tab : space) };
}

/** Entries of `git ls-files -s -z`; of an unmerged path only the first stage counts. */
export function parseIndex(lines: readonly string[]): TreeEntry[] {
  const entries = lines.map((line) => parseEntry(line, MODE_LENGTH + 1));
  return entries.filter((entry, index) => entry.path !== entries[index - 1]?.path);
}

async function* readEntries(
  repository: Repository,
  entries: ReadonlyMap<string, TreeEntry>,
  paths: readonly string[],
  maxBytes: number | undefined,
): AsyncGenerator<[string, TreeContent]> {
  const ids = paths.map((path) => {
    const entry = entries.get(path);
    return entry?.kind === "file" ? entry.blob : null;
  });
  const blobs = readBlobs(
    repository,
    ids.filter((id) => id !== null),
    maxBytes,
  );
  try {
    for (const [index, path] of paths.entries()) {
      if (ids[index] === null) yield [path, { missing: true }];
      else {
        const next = await blobs.next();
        if (!next.done) yield [path, next.value[1]];
      }
    }
  } finally {
    await blobs.return(undefined);
  }
}

/** A tree whose files are all git blobs: a commit, or the index. */
export function objectTree(
  repository: Repository,
  name: string,
  search: string,
  list: () => Promise<TreeEntry[]>,
): Tree {
  let listed: Promise<TreeEntry[]> | undefined;
  let byPath: Promise<Map<string, TreeEntry>> | undefined;
  const entries = () => (listed ??= list());
  const index = () => (byPath ??= entries().then((all) => new Map(all.map((entry) => [entry.path, entry]))));
  return {
    name,
    list: entries,
    async *read(paths, maxBytes) {
      if (paths.length > 0) yield* readEntries(repository, await index(), paths, maxBytes);
    },
    async stream(path) {
      const entry = (await index()).get(path);
      return entry?.kind === "file" && entry.blob !== null ? streamBlob(repository, entry.blob) : null;
    },
    search: (patterns) => searchTree(repository, [search], patterns),
    async readLink(path) {
      const entry = (await index()).get(path);
      if (entry?.kind !== "link" || entry.blob === null) return null;
      for await (const [, found] of readBlobs(repository, [entry.blob], MAX_TARGET)) {
        if ("content" in found) return found.content.toString("utf8");
      }
      return null;
    },
  };
}

/**
 * The files of a commit, read from git objects alone.
 * @param commit full commit id
 * @param folder when given, only what lies in it is listed and read
 */
export function commitTree(repository: Repository, commit: string, folder?: string): Tree {
  return objectTree(repository, `commit ${commit.slice(0, 7)}`, commit, async () => {
    const below = folder === undefined ? [] : ["--", folder];
    const { stdout } = await repository.git(["ls-tree", "-r", "-z", "--full-tree", commit, ...below]);
    return splitZero(stdout).map((line) =>
      parseEntry(line, line.charAt(MODE_LENGTH + 1) === "c" ? ID_IN_TREE.c : ID_IN_TREE.b),
    );
  });
}

/** What the next commit would hold. */
export function indexTree(repository: Repository): Tree {
  return objectTree(repository, "the index", "--cached", async () =>
    parseIndex(splitZero((await repository.git(["ls-files", "-s", "-z"])).stdout)),
  );
}
