import { BlobSearch } from "./blob-search.ts";
import { commitTree } from "./commit-tree.ts";
import { readBlobs } from "./read-blobs.ts";
import type { Repository } from "./repository.ts";
import type { SearchPatterns, Tree, TreeContent, TreeEntry } from "./tree.ts";

/** Contents that are kept; a larger blob is read again when it is asked for again. */
const MAX_KEPT_BLOB = 1 << 20;
const MAX_KEPT = 64 << 20;

/** Contents of blobs that several commits hold, up to a bound. */
class KeptBlobs {
  readonly #repository: Repository;
  readonly #kept = new Map<string, Buffer>();
  #bytes = 0;

  constructor(repository: Repository) {
    this.#repository = repository;
  }

  #keep(id: string, content: Buffer): void {
    if (content.length > MAX_KEPT_BLOB) return;
    if (this.#bytes + content.length > MAX_KEPT) {
      this.#kept.clear();
      this.#bytes = 0;
    }
    this.#kept.set(id, content);
    this.#bytes += content.length;
  }

  async *read(ids: readonly string[], maxBytes = Number.POSITIVE_INFINITY): AsyncGenerator<TreeContent> {
    const kept = new Map(ids.map((id) => [id, this.#kept.get(id)]));
    const fresh = readBlobs(
      this.#repository,
      ids.filter((id) => kept.get(id) === undefined),
      maxBytes,
    );
    try {
      for (const id of ids) {
        const known = kept.get(id);
        if (known !== undefined)
          yield known.length > maxBytes ? { tooLarge: known.length } : { content: known };
        else {
          const next = await fresh.next();
          if (next.done) return;
          const [, found] = next.value;
          if ("content" in found) this.#keep(id, found.content);
          yield found;
        }
      }
    } finally {
      await fresh.return(undefined);
    }
  }
}

/** The trees of many commits of one history: what one search or reading found is not looked for again. */
export interface PastTrees {
  at(commit: string): Tree;
  search: BlobSearch;
  /** Contents of blobs in the order asked. */
  read(ids: readonly string[], maxBytes?: number): AsyncGenerator<TreeContent>;
}

/** Reads paths of one commit through what is kept. */
async function* readPaths(
  blobs: KeptBlobs,
  ids: ReadonlyMap<string, string | null>,
  paths: readonly string[],
  maxBytes: number | undefined,
): AsyncGenerator<[string, TreeContent]> {
  const contents = blobs.read(
    paths.flatMap((path) => ids.get(path) ?? []),
    maxBytes,
  );
  try {
    for (const path of paths) {
      if ((ids.get(path) ?? null) === null) yield [path, { missing: true }];
      else {
        const next = await contents.next();
        if (!next.done) yield [path, next.value];
      }
    }
  } finally {
    await contents.return(undefined);
  }
}

function idsOf(entries: readonly TreeEntry[]): Map<string, string | null> {
  return new Map(entries.map(({ path, kind, blob }) => [path, kind === "file" ? blob : null]));
}

export function pastTrees(repository: Repository): PastTrees {
  const search = new BlobSearch(repository);
  const blobs = new KeptBlobs(repository);
  return {
    search,
    read: (ids, maxBytes) => blobs.read(ids, maxBytes),
    at(commit) {
      const tree = commitTree(repository, commit);
      let known: Map<string, string | null> | undefined;
      return {
        ...tree,
        async *read(paths, maxBytes) {
          known ??= idsOf(await tree.list());
          yield* readPaths(blobs, known, paths, maxBytes);
        },
        search: (patterns) => searchPast(tree, search, patterns),
      };
    },
  };
}

/** Where paths decide, git is asked about the tree; else about the blobs that were not asked about before. */
async function searchPast(tree: Tree, search: BlobSearch, patterns: SearchPatterns): Promise<string[]> {
  if (patterns.pathspecs !== undefined && patterns.pathspecs.length > 0) return tree.search(patterns);
  const files = (await tree.list()).filter(({ kind, blob }) => kind === "file" && blob !== null);
  const hits = await search.matching(
    patterns,
    files.flatMap(({ blob }) => blob ?? []),
  );
  return files.filter(({ blob }) => blob !== null && hits.has(blob)).map(({ path }) => path);
}
