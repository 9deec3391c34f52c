import type { Repository } from "./repository.ts";
import { searchTree } from "./search-tree.ts";
import type { SearchPatterns } from "./tree.ts";

/** So many ids stay far below what a system takes as arguments. */
const MOST_ARGUMENTS = 4_000;

function keyOf({ fixed = [], regex = [] }: SearchPatterns): string {
  const texts = (patterns: readonly (string | Buffer)[]) =>
    patterns.map((pattern) => Buffer.from(pattern).toString("latin1"));
  return JSON.stringify([texts(fixed), texts(regex)]);
}

interface Known {
  searched: Set<string>;
  hits: Set<string>;
}

/**
 * Searches blobs rather than trees, each once for the same patterns: many commits of one history hold nearly the
 * same blobs. git itself searches, so the answer is that of a search of the tree.
 */
export class BlobSearch {
  readonly #repository: Repository;
  readonly #known = new Map<string, Known>();

  constructor(repository: Repository) {
    this.#repository = repository;
  }

  /** Those of the blobs whose bytes hold one of the patterns; pathspecs do not count. */
  async matching(patterns: SearchPatterns, blobs: Iterable<string>): Promise<ReadonlySet<string>> {
    const key = keyOf(patterns);
    const known = this.#known.get(key) ?? { searched: new Set(), hits: new Set() };
    this.#known.set(key, known);
    const asked = [...new Set(blobs)];
    const fresh = asked.filter((blob) => !known.searched.has(blob));
    for (let at = 0; at < fresh.length; at += MOST_ARGUMENTS) {
      const part = fresh.slice(at, at + MOST_ARGUMENTS);
      for (const blob of await this.#search(patterns, part)) known.hits.add(blob);
      for (const blob of part) known.searched.add(blob);
    }
    return new Set(asked.filter((blob) => known.hits.has(blob)));
  }

  #search({ fixed, regex }: SearchPatterns, blobs: readonly string[]): Promise<string[]> {
    return searchTree(this.#repository, blobs, { ...(fixed && { fixed }), ...(regex && { regex }) });
  }
}
