import { createHash } from "node:crypto";
import { type CommitChanges, commitTree, openBlobs, type Repository } from "../../../platform/git/index.ts";
import { linesOf } from "../lines-of.ts";
import { ARCHIVE_FOLDER, isArchive, parseRecordPath } from "../record-path.ts";
import { MAX_ARCHIVE, MAX_UNPACKED, readArchive } from "./read-archive.ts";

/** Bytes unpacked for one range at most: many archives in many commits must not keep a guard busy for hours. */
const MAX_TOTAL = 4 * MAX_UNPACKED;

/** A record file in an archive. */
interface Archived {
  path: string;
  sum: string;
  /** Only of files that the range changed; others are compared by their sum. */
  lines: readonly string[] | null;
}

/** One sum for contents that say the same, whatever their line ends. */
export function contentSum(lines: readonly string[]): string {
  return createHash("sha256").update(lines.join("\n"), "latin1").digest("hex");
}

/** What the archives of commits hold; each archive is unpacked once. */
export class Archives {
  readonly #repository: Repository;
  readonly #head: string;
  readonly #areChanged: boolean;
  /** Paths of record files whose lines are kept. */
  readonly #wanted: ReadonlySet<string>;
  readonly #read = new Map<string, readonly Archived[]>();
  readonly #listed = new Map<string, Promise<string[]>>();
  #left = MAX_TOTAL;
  #areThere: Promise<boolean> | undefined;

  /**
   * @param head last commit of the range
   * @param changed what the range did to the records
   */
  constructor(repository: Repository, head: string, changed: readonly CommitChanges[]) {
    this.#repository = repository;
    this.#head = head;
    const changes = changed.flatMap((of) => of.changes);
    this.#areChanged = changes.some(({ path }) => isArchive(path));
    this.#wanted = new Set(changes.filter(({ oldBlob }) => oldBlob !== null).map(({ path }) => path));
  }

  /** Blobs of the archives of a commit. */
  archivesAt(commit: string): Promise<string[]> {
    const listed = this.#listed.get(commit) ?? this.#list(commit);
    this.#listed.set(commit, listed);
    return listed;
  }

  async #list(commit: string): Promise<string[]> {
    const files = await commitTree(this.#repository, commit, ARCHIVE_FOLDER).list();
    return files.flatMap(({ path, kind, blob }) =>
      isArchive(path) && kind === "file" && blob !== null ? [blob] : [],
    );
  }

  /** An archive that is gone at the head without a change in the range never was. */
  async #areNowhere(): Promise<boolean> {
    if (this.#areChanged) return false;
    this.#areThere ??= this.archivesAt(this.#head).then((archives) => archives.length > 0);
    return !(await this.#areThere);
  }

  /** The record files in one archive. */
  async entriesOf(blob: string): Promise<readonly Archived[]> {
    const known = this.#read.get(blob);
    if (known) return known;
    const entries: Archived[] = [];
    const isWhole = await this.#unpack(
      blob,
      (path) => parseRecordPath(path) !== null,
      (path, lines) => {
        entries.push({ path, sum: contentSum(lines), lines: this.#wanted.has(path) ? lines : null });
      },
    );
    this.#read.set(blob, isWhole ? entries : []);
    return isWhole ? entries : [];
  }

  /** Lines of some of the files in archives; an archive is unpacked again for them. Of two, the later counts. */
  async linesIn(
    blobs: readonly string[],
    paths: ReadonlySet<string>,
  ): Promise<Map<string, readonly string[]>> {
    const found = new Map<string, readonly string[]>();
    for (const blob of paths.size === 0 ? [] : blobs)
      await this.#unpack(
        blob,
        (path) => paths.has(path),
        (path, lines) => found.set(path, lines),
      );
    return found;
  }

  /** False for an archive that is too large, or made to keep us busy. */
  async #unpack(
    blob: string,
    isWanted: (path: string) => boolean,
    visit: (path: string, lines: readonly string[]) => void,
  ): Promise<boolean> {
    const reader = openBlobs(this.#repository);
    try {
      const found = await reader.read(blob, MAX_ARCHIVE);
      if (!("content" in found)) return false;
      const most = Math.min(MAX_UNPACKED, this.#left);
      const keep = (path: string, content: Buffer) => visit(path, linesOf(content));
      const { bytes, isTooMuch } = await readArchive(found.content, isWanted, keep, most);
      this.#left -= bytes;
      return !isTooMuch;
    } finally {
      reader.close();
    }
  }

  /** All record files in the archives of a commit. */
  async entriesAt(commit: string): Promise<readonly Archived[]> {
    if (await this.#areNowhere()) return [];
    const entries: Archived[] = [];
    for (const blob of await this.archivesAt(commit)) entries.push(...(await this.entriesOf(blob)));
    return entries;
  }
}
