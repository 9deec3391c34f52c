import {
  type Change,
  type CommitChanges,
  type Range,
  type Repository,
  readCommitChanges,
} from "../../platform/git/index.ts";
import { Archives, contentSum } from "./archive/archives.ts";
import { comparePrefix, findMissing } from "./compare-lines.ts";
import { keepsLines } from "./keeps-lines.ts";
import { LineVersions } from "./line-versions.ts";
import { MergeSides } from "./merge-sides.ts";
import { redactedSums } from "./read-redactions.ts";
import {
  isArchive,
  parseRecordPath,
  RECORD_FOLDER,
  REDACTIONS_FILE,
  type RecordPath,
} from "./record-path.ts";
import { Reverts } from "./reverts.ts";

/** Over this size a version of a record file is compared in one pass, without naming the line. */
const MAX_COMPARED = 64 << 20;
const NONE: ReadonlySet<string> = new Set();

/** A file that is only appended to. Redactions are no evidence themselves, and belong to it as what they speak of. */
type AppendOnly = Pick<RecordPath, "path" | "kind">;

/** A commit that did not only append to a record file. */
export interface Rewrite {
  kind: "rewritten" | "redacted";
  file: AppendOnly;
  commit: string;
  /** Line in the earlier version, counted from 1 without blank lines. */
  line: number;
  /** A sentence part: `line 3 was changed`. */
  what: string;
  /** The commit took the whole file out. */
  isDeleted?: true;
}

type Lines = readonly string[];

/** How the lines of one file departed in one commit: what was redacted, and the first that was rewritten. */
interface Departures {
  redacted: number[];
  rewritten: { index: number; what: string } | null;
}

const UNTOUCHED: Departures = { redacted: [], rewritten: null };

function appendOnlyAt(path: string): AppendOnly | null {
  return path === REDACTIONS_FILE ? { path, kind: "evidence" } : parseRecordPath(path);
}

function sayDeparture(earlier: Lines, later: Lines, redactions: ReadonlySet<string>): Departures {
  const { departure, redacted } = comparePrefix(earlier, later, redactions);
  if (departure === null) return { redacted, rewritten: null };
  const { index, what } = departure;
  const said = what === "inserted before" ? "had lines inserted before it" : `was ${what}`;
  return { redacted, rewritten: { index, what: `line ${index + 1} ${said}` } };
}

/** Judges what single commits did to record files. One for a whole range, so that what is read is read once. */
class Judge {
  readonly #repository: Repository;
  readonly #versions: LineVersions;
  readonly #archives: Archives;
  readonly #sides: MergeSides;
  readonly #head: string;
  #redactions: Promise<Set<string>> | undefined;

  constructor(
    repository: Repository,
    versions: LineVersions,
    head: string,
    changed: readonly CommitChanges[],
  ) {
    this.#repository = repository;
    this.#versions = versions;
    this.#head = head;
    this.#archives = new Archives(repository, head, changed);
    this.#sides = new MergeSides(repository, versions);
  }

  async judge(of: CommitChanges, change: Change): Promise<Rewrite[]> {
    if (change.oldBlob === null) return [];
    const file = appendOnlyAt(change.path);
    if (file === null && !isArchive(change.path)) return [];
    if (file === null) return this.#judgeArchive(of, change, change.oldBlob);
    const { redacted, rewritten } = await this.#compare(of, change);
    const commit = of.commit.id;
    const found: Rewrite[] = redacted.map((index) => {
      const line = index + 1;
      return { kind: "redacted", file, commit, line, what: `line ${line} was redacted` };
    });
    if (rewritten !== null) {
      const deleted = change.newBlob === null ? { isDeleted: true as const } : {};
      found.push({
        kind: "rewritten",
        file,
        commit,
        line: rewritten.index + 1,
        what: rewritten.what,
        ...deleted,
      });
    }
    return found;
  }

  async #compare(of: CommitChanges, change: Change): Promise<Departures> {
    if (await this.#versions.isAppended(change.oldBlob, change.newBlob)) return UNTOUCHED;
    const earlier = await this.#versions.of(change.oldBlob);
    const later = await this.#versions.of(change.newBlob);
    if (earlier === null || later === null) return this.#compareLarge(of, change);
    const isMerge = of.commit.parents.length > 1;
    const plain = isMerge ? findMissing(earlier, later).missing.length === 0 : isPrefix(earlier, later);
    if (plain || (await this.#isElsewhere(of, change, earlier))) return UNTOUCHED;
    // A redaction takes out lines of evidence and heartbeats, never another redaction.
    const redactions = change.path === REDACTIONS_FILE ? NONE : await this.#redactionsAtHead();
    if (isMerge) return this.#compareMerge(of, change, earlier, findMissing(earlier, later, redactions));
    if (change.newBlob !== null) return sayDeparture(earlier, later, redactions);
    const what = `the file was deleted, or is no regular file any more; it held ${earlier.length === 1 ? "1 line" : `${earlier.length} lines`}`;
    return { redacted: [], rewritten: { index: 0, what } };
  }

  /** Read at the head: a redaction counts when it is still on record, also when it was recorded beforehand. */
  #redactionsAtHead(): Promise<Set<string>> {
    this.#redactions ??= redactedSums(this.#repository, this.#head);
    return this.#redactions;
  }

  /** A parent's line may be missing, moved or redacted only where another parent did that: it was judged there. */
  async #compareMerge(
    of: CommitChanges,
    change: Change,
    parent: Lines,
    { missing, redacted }: ReturnType<typeof findMissing>,
  ): Promise<Departures> {
    const excused = await this.#sides.excusedLines(of, change);
    const isOwn = (index: number) => !excused.has(parent[index] ?? "");
    const first = missing.find(isOwn);
    const place = first === undefined ? "" : `line ${first + 1} of ${of.parent.slice(0, 7)}`;
    return {
      redacted: redacted.filter(isOwn),
      rewritten:
        first === undefined ? null : { index: first, what: `the merge does not keep ${place} in its place` },
    };
  }

  /** Were the lines of the file moved: into another record file (a rename), or into an archive? */
  async #isElsewhere(of: CommitChanges, change: Change, earlier: Lines): Promise<boolean> {
    if (change.path === REDACTIONS_FILE) return false;
    if (change.newBlob === null) {
      const kind = parseRecordPath(change.path)?.kind;
      for (const other of of.changes) {
        if (other.newBlob === null || parseRecordPath(other.path)?.kind !== kind) continue;
        const later = await this.#versions.of(other.newBlob);
        const isMerge = of.commit.parents.length > 1;
        if (later && (isMerge ? findMissing(earlier, later).missing.length === 0 : isPrefix(earlier, later)))
          return true;
      }
    }
    const archived = await this.#archives.entriesAt(of.commit.id);
    return archived.some(({ path, lines }) => path === change.path && lines && holdsAtAnEnd(lines, earlier));
  }

  /** What an archive held must still be held, by an archive or by the file itself, and may go on there. */
  async #judgeArchive(of: CommitChanges, change: Change, archive: string): Promise<Rewrite[]> {
    if (await this.#sides.isTakenOver(of, change)) return [];
    const held = new Set<string>();
    for (const { path, sum } of await this.#archives.entriesAt(of.commit.id)) held.add(`${path}\0${sum}`);
    const files = await this.#changedLines(of);
    for (const [path, lines] of files) held.add(`${path}\0${contentSum(lines)}`);
    const odd = (await this.#archives.entriesOf(archive)).filter(
      ({ path, sum }) => !held.has(`${path}\0${sum}`),
    );
    const paths = new Set(odd.map(({ path }) => path));
    const earlier = await this.#archives.linesIn([archive], paths);
    const archives = paths.size === 0 ? [] : await this.#archives.archivesAt(of.commit.id);
    const later = await this.#archives.linesIn(archives, paths);
    const found: Rewrite[] = [];
    for (const path of paths) {
      const now = later.get(path) ?? files.get(path) ?? null;
      found.push(...(await this.#compareArchived(of, path, earlier.get(path) ?? [], now)));
    }
    return found;
  }

  /** Lines of the record files that a commit wrote. */
  async #changedLines(of: CommitChanges): Promise<Map<string, Lines>> {
    const files = new Map<string, Lines>();
    for (const { path, newBlob } of of.changes) {
      const lines = parseRecordPath(path) && newBlob && (await this.#versions.of(newBlob));
      if (lines) files.set(path, lines);
    }
    return files;
  }

  async #compareArchived(
    of: CommitChanges,
    path: string,
    earlier: Lines,
    later: Lines | null,
  ): Promise<Rewrite[]> {
    const file = parseRecordPath(path);
    if (file === null) return [];
    const commit = of.commit.id;
    if (later === null) {
      const what = "the archive that held the file was changed or deleted, and holds it no more";
      return [{ kind: "rewritten", file, commit, line: 1, what }];
    }
    const { redacted, rewritten } = sayDeparture(earlier, later, await this.#redactionsAtHead());
    const said = redacted.map((index): Rewrite => {
      return {
        kind: "redacted",
        file,
        commit,
        line: index + 1,
        what: `line ${index + 1} was redacted in its archive`,
      };
    });
    if (rewritten === null) return said;
    return [
      ...said,
      {
        kind: "rewritten",
        file,
        commit,
        line: rewritten.index + 1,
        what: `in its archive ${rewritten.what}`,
      },
    ];
  }

  /** Too large to hold as lines. */
  async #compareLarge(of: CommitChanges, change: Change): Promise<Departures> {
    if (await this.#sides.isTakenOver(of, change)) return UNTOUCHED;
    const { oldBlob, newBlob } = change;
    const mayInsert = of.commit.parents.length > 1;
    const kept =
      oldBlob !== null &&
      newBlob !== null &&
      (await keepsLines(this.#repository, oldBlob, newBlob, { mayInsert }));
    const what = "the file, too large to name the line, does not keep its earlier lines";
    return { redacted: [], rewritten: kept ? null : { index: 0, what } };
  }
}

/** An archive holds the lines of a file: from its start, or behind those that moved there before. */
function holdsAtAnEnd(archived: Lines, lines: Lines): boolean {
  return isPrefix(lines, archived) || isPrefix(lines, archived.slice(archived.length - lines.length));
}

function isPrefix(earlier: Lines, later: Lines): boolean {
  return comparePrefix(earlier, later, NONE).departure === null;
}

/**
 * Compares every commit of the range with each of its parents, so that a line which was rewritten and put back
 * is found as well (contract §1 "Append-only").
 */
export async function findRewrites(
  repository: Repository,
  range: Range,
  { maxCompared = MAX_COMPARED }: { maxCompared?: number } = {},
): Promise<Rewrite[]> {
  const changed = await readCommitChanges(repository, range.commits, RECORD_FOLDER);
  const versions = new LineVersions(repository, maxCompared);
  const judge = new Judge(repository, versions, range.head.id, changed);
  const reverts = new Reverts(repository, changed);
  const found: Rewrite[] = [];
  try {
    for (const of of changed) {
      const rewrites: Rewrite[] = [];
      for (const change of of.changes) rewrites.push(...(await judge.judge(of, change)));
      const rewritten = rewrites.some(({ kind }) => kind === "rewritten");
      const isUndone = rewritten && (await reverts.isRevert(of));
      found.push(...rewrites.filter(({ kind }) => kind === "redacted" || !isUndone));
    }
  } finally {
    versions.close();
  }
  return found;
}
