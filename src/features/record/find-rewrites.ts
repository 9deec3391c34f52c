import {
  type Change,
  type Commit,
  type CommitChanges,
  type Range,
  type Repository,
  readBlobs,
  readCommitChanges,
} from "../../platform/git/index.ts";
import { comparePrefix, findMissing } from "./compare-lines.ts";
import { isInverse } from "./is-inverse.ts";
import { linesOf } from "./lines-of.ts";
import { readArchived } from "./read-archive.ts";
import { redactedSums } from "./read-redactions.ts";
import { parseRecordPath, RECORD_FOLDER, REDACTIONS_FILE, type RecordPath } from "./record-path.ts";

/** Over this size a version of a record file is compared by its bytes only. */
const MAX_COMPARED = 64 << 20;

/** A commit that did not only append to a record file. */
export interface Rewrite {
  kind: "rewritten" | "redacted";
  file: RecordPath;
  commit: string;
  /** Line in the earlier version, counted from 1 without blank lines. */
  line: number;
  /** A sentence part: `line 3 was changed`. */
  what: string;
}

type Lines = readonly string[];

/** Line lists of blobs, loaded once each. A blob over the limit is null. */
class Versions {
  readonly #repository: Repository;
  readonly #lines = new Map<string, Lines | null>();

  constructor(repository: Repository) {
    this.#repository = repository;
  }

  async load(ids: Iterable<string | null>): Promise<void> {
    const wanted = [...new Set(ids)].filter((id): id is string => id !== null && !this.#lines.has(id));
    for await (const [id, found] of readBlobs(this.#repository, wanted, MAX_COMPARED)) {
      this.#lines.set(id, "content" in found ? linesOf(found.content) : null);
    }
  }

  /** `[]` for a file that is not there. */
  of(blob: string | null): Lines | null {
    return blob === null ? [] : (this.#lines.get(blob) ?? null);
  }
}

function recordOf(change: Change): RecordPath | null {
  return change.oldBlob === null ? null : parseRecordPath(change.path);
}

/** Does another record file of the same commit hold these lines at its start? Then the file was renamed. */
function isRenamed(change: Change, all: readonly Change[], versions: Versions): boolean {
  const earlier = versions.of(change.oldBlob);
  if (earlier === null) return false;
  return all.some((other) => {
    if (other.path === change.path || other.newBlob === null || parseRecordPath(other.path) === null)
      return false;
    const later = versions.of(other.newBlob);
    return later !== null && comparePrefix(earlier, later).departure === null;
  });
}

/** One comparison of a commit with a parent. */
class Comparison {
  readonly repository: Repository;
  readonly versions: Versions;
  readonly of: CommitChanges;
  readonly redactions: ReadonlySet<string>;

  constructor(
    repository: Repository,
    versions: Versions,
    of: CommitChanges,
    redactions: ReadonlySet<string>,
  ) {
    this.repository = repository;
    this.versions = versions;
    this.of = of;
    this.redactions = redactions;
  }

  get isMerge(): boolean {
    return this.of.commit.parents.length > 1;
  }

  #rewrite(file: RecordPath, index: number, what: string, kind: Rewrite["kind"] = "rewritten"): Rewrite {
    return { kind, file, commit: this.of.commit.id, line: index + 1, what };
  }

  async judge(change: Change, file: RecordPath): Promise<Rewrite[]> {
    const earlier = this.versions.of(change.oldBlob);
    const later = this.versions.of(change.newBlob);
    if (earlier === null || later === null) return this.#judgeLarge(change, file);
    if (this.isMerge) return this.#judgeMerge(change, file, earlier, later);
    const { departure, redacted } = comparePrefix(earlier, later, this.redactions);
    const found = redacted.map((index) =>
      this.#rewrite(file, index, `line ${index + 1} was redacted`, "redacted"),
    );
    if (departure === null) return found;
    if (change.newBlob === null) {
      if (isRenamed(change, this.of.changes, this.versions) || (await this.#isArchived(change, earlier)))
        return [];
      return [this.#rewrite(file, 0, `the file was deleted with its ${earlier.length} lines`)];
    }
    const said =
      departure.what === "inserted before" ? "had lines inserted before it" : `was ${departure.what}`;
    return [...found, this.#rewrite(file, departure.index, `line ${departure.index + 1} ${said}`)];
  }

  async #isArchived(change: Change, earlier: Lines): Promise<boolean> {
    const held = (await readArchived(this.repository, this.of.commit.id, new Set([change.path]))).get(
      change.path,
    );
    return held !== undefined && comparePrefix(earlier, linesOf(held)).departure === null;
  }

  /** A parent's line may be missing only where the other parent took it out: that was judged there. */
  async #judgeMerge(change: Change, file: RecordPath, parent: Lines, merged: Lines): Promise<Rewrite[]> {
    const missing = findMissing(parent, merged, this.redactions);
    if (missing.length === 0) return [];
    const excused = await this.#removedElsewhere(change.path);
    const [first] = missing.filter((index) => !excused.has(parent[index] ?? ""));
    if (first === undefined) return [];
    return [
      this.#rewrite(
        file,
        first,
        `the merge does not keep line ${first + 1} of ${this.of.parent.slice(0, 7)} in its place`,
      ),
    ];
  }

  async #removedElsewhere(path: string): Promise<Set<string>> {
    const removed = new Set<string>();
    for (const other of this.of.commit.parents.filter((parent) => parent !== this.of.parent)) {
      const asked = await this.repository.git(["merge-base", this.of.parent, other], { accept: [0, 1] });
      const fork = asked.stdout.toString().trim();
      if (fork === "") continue;
      const ids = await Promise.all([fork, other].map((commit) => this.#blobAt(commit, path)));
      await this.versions.load(ids);
      const [before = [], after = []] = ids.map((id) => this.versions.of(id) ?? []);
      const kept = new Set(after);
      for (const line of before) if (!kept.has(line)) removed.add(line);
    }
    return removed;
  }

  async #blobAt(commit: string, path: string): Promise<string | null> {
    const { status, stdout } = await this.repository.git(
      ["rev-parse", "--verify", "--quiet", `${commit}:${path}`],
      {
        accept: [0, 1, 128],
      },
    );
    return status === 0 ? stdout.toString().trim() : null;
  }

  /** Too large to hold as lines: the earlier bytes must open the later ones. */
  async #judgeLarge(change: Change, file: RecordPath): Promise<Rewrite[]> {
    const { startsWithBlob } = await import("./starts-with-blob.ts");
    if (await startsWithBlob(this.repository, change.newBlob, change.oldBlob)) return [];
    return [this.#rewrite(file, 0, "a file of over 64 MiB does not begin with its earlier content")];
  }
}

/** Was the whole commit the exact inverse of an earlier one of the range? Then nothing is hidden. */
async function isRevert(
  repository: Repository,
  commit: Commit,
  path: string,
  earlier: readonly CommitChanges[],
): Promise<boolean> {
  if (commit.parents.length !== 1) return false;
  for (const { commit: candidate, changes } of earlier) {
    if (candidate.parents.length !== 1 || !changes.some((change) => change.path === path)) continue;
    if (await isInverse(repository, commit.id, candidate.id)) return true;
  }
  return false;
}

/**
 * Compares every commit of the range with each of its parents, so that a line which was rewritten and put back
 * is found as well (contract §1 "Append-only").
 */
export async function findRewrites(repository: Repository, range: Range): Promise<Rewrite[]> {
  const all = await readCommitChanges(repository, range.commits, RECORD_FOLDER);
  const versions = new Versions(repository);
  const compared = all.filter(({ changes }) => changes.some(recordOf));
  await versions.load(
    compared.flatMap(({ changes }) =>
      changes
        .filter((change) => parseRecordPath(change.path))
        .flatMap((change) => [change.oldBlob, change.newBlob]),
    ),
  );
  const redacts = range.changes.some(({ path }) => path === REDACTIONS_FILE);
  const found: Rewrite[] = [];
  for (const changes of compared) {
    const redactions = redacts ? await redactedSums(repository, changes.commit.id) : new Set<string>();
    const comparison = new Comparison(repository, versions, changes, redactions);
    for (const change of changes.changes) {
      const file = recordOf(change);
      const rewrites = file === null ? [] : await comparison.judge(change, file);
      if (rewrites.length === 0) continue;
      const earlier = all.slice(0, all.indexOf(changes));
      const undone =
        rewrites.some(({ kind }) => kind === "rewritten") &&
        (await isRevert(repository, changes.commit, change.path, earlier));
      found.push(...rewrites.filter(({ kind }) => kind === "redacted" || !undone));
    }
  }
  return found;
}
