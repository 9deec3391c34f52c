import type { Change, PastTrees, SearchPatterns, Tree } from "../../../platform/git/index.ts";
import type { FirstLook } from "../../ban/index.ts";
import type { LineStep } from "./read-history.ts";

/** Path → blob of the files of a commit that mention a banned package. */
export type Mentioned = ReadonlyMap<string, string>;

/**
 * Knows of each commit which files mention a banned package, from what each step changed: a repository's files are
 * searched once, and after that only those that some commit brought.
 */
export class Mentions {
  readonly #trees: PastTrees;
  readonly #look: FirstLook;
  readonly #mentioning = new Map<string, boolean>();
  readonly #states = new Map<string, Mentioned>();

  constructor(trees: PastTrees, look: FirstLook) {
    this.#trees = trees;
    this.#look = look;
  }

  /** Searches blobs that were not searched before, all through one or a few git processes. */
  async #learn(blobs: Iterable<string>): Promise<void> {
    const fresh = [...new Set(blobs)].filter((blob) => !this.#mentioning.has(blob));
    if (fresh.length === 0) return;
    const asked = [...(await this.#trees.search.matching(this.#look.patterns, fresh))];
    const mentioning = new Set<string>();
    let at = 0;
    for await (const found of this.#trees.read(asked, this.#look.maxBytes)) {
      if (this.#look.isMention(found)) mentioning.add(asked[at] ?? "");
      at += 1;
    }
    // Set at the end: who asks meanwhile must not take "not known yet" for "no".
    for (const blob of fresh) this.#mentioning.set(blob, mentioning.has(blob));
  }

  /** Follows the branch's own line, and learns what the changes of all ranges brought. */
  async follow(steps: readonly LineStep[], changes: readonly (readonly Change[])[]): Promise<void> {
    const blobs = [...steps.map((step) => step.changes), ...changes].flatMap((each) =>
      each.flatMap(({ newBlob }) => newBlob ?? []),
    );
    await this.#learn(blobs);
    for (const { base, end, changes: made } of steps)
      this.#states.set(end, this.#apply(await this.#at(base), made));
  }

  #apply(before: Mentioned, changes: readonly Change[]): Mentioned {
    let after: Map<string, string> | null = null;
    for (const { path, newBlob } of changes) {
      const mentions = newBlob !== null && this.#mentioning.get(newBlob) === true;
      if (!mentions && !before.has(path)) continue;
      after ??= new Map(before);
      if (mentions) after.set(path, newBlob);
      else after.delete(path);
    }
    return after ?? before;
  }

  async #at(commit: string): Promise<Mentioned> {
    const known = this.#states.get(commit);
    if (known !== undefined) return known;
    const entries = (await this.#trees.at(commit).list()).filter(({ kind }) => kind === "file");
    await this.#learn(entries.flatMap(({ blob }) => blob ?? []));
    const state = new Map<string, string>();
    for (const { path, blob } of entries) if (blob && this.#mentioning.get(blob)) state.set(path, blob);
    this.#states.set(commit, state);
    return state;
  }

  /**
   * The tree of the commit that these changes make of another one; null where no file of it mentions a package.
   * Its first search, which is that of every scan, is answered from what is known.
   */
  async treeOf(commit: string, from: string, changes: readonly Change[]): Promise<Tree | null> {
    await this.#learn(changes.flatMap(({ newBlob }) => newBlob ?? []));
    const mentioned = this.#apply(await this.#at(from), changes);
    if (mentioned.size === 0) return null;
    const tree = this.#trees.at(commit);
    const first = keyOf(this.#look.patterns);
    return {
      ...tree,
      search: async (patterns) =>
        keyOf(patterns) === first ? [...mentioned.keys()].sort() : tree.search(patterns),
    };
  }
}

function keyOf({ fixed = [], regex = [], pathspecs = [] }: SearchPatterns): string {
  return JSON.stringify(
    [fixed, regex, pathspecs].map((texts) => texts.map((text) => Buffer.from(text).toString("latin1"))),
  );
}
