import { createHash } from "node:crypto";
import { type CommitChanges, commitTree, openBlobs, type Repository } from "../../platform/git/index.ts";
import { linesOf } from "./lines-of.ts";
import { MAX_UNPACKED, readArchive } from "./read-archive.ts";
import { ARCHIVE_FOLDER, parseRecordPath } from "./record-path.ts";

/** Over this size an archive is not read. */
const MAX_ARCHIVE = 256 << 20;
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

export function isArchive(path: string): boolean {
  return path.startsWith(`${ARCHIVE_FOLDER}/`) && path.endsWith(".tar.gz");
}

/** What the archives of commits hold; each archive is unpacked once. */
export class Archives {
  readonly #repository: Repository;
  readonly #head: string;
  readonly #areChanged: boolean;
  /** Paths of record files whose lines are kept. */
  readonly #wanted: ReadonlySet<string>;
  readonly #read = new Map<string, readonly Archived[]>();
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

  async #archivesAt(commit: string): Promise<string[]> {
    const files = await commitTree(this.#repository, commit, ARCHIVE_FOLDER).list();
    return files.flatMap(({ path, kind, blob }) =>
      isArchive(path) && kind === "file" && blob !== null ? [blob] : [],
    );
  }

  /** An archive that is gone at the head without a change in the range never was. */
  async #areNowhere(): Promise<boolean> {
    if (this.#areChanged) return false;
    this.#areThere ??= this.#archivesAt(this.#head).then((archives) => archives.length > 0);
    return !(await this.#areThere);
  }

  /** The record files in one archive. */
  async entriesOf(blob: string): Promise<readonly Archived[]> {
    const known = this.#read.get(blob);
    if (known) return known;
    const reader = openBlobs(this.#repository);
    try {
      const found = await reader.read(blob, MAX_ARCHIVE);
      const entries = "content" in found ? await this.#unpack(found.content) : [];
      this.#read.set(blob, entries);
      return entries;
    } finally {
      reader.close();
    }
  }

  async #unpack(archive: Buffer): Promise<Archived[]> {
    const entries: Archived[] = [];
    const isRecord = (path: string) => parseRecordPath(path) !== null;
    const keep = (path: string, content: Buffer) => {
      const lines = linesOf(content);
      entries.push({ path, sum: contentSum(lines), lines: this.#wanted.has(path) ? lines : null });
    };
    const most = Math.min(MAX_UNPACKED, this.#left);
    const { bytes, isTooMuch } = await readArchive(archive, isRecord, keep, most);
    this.#left -= bytes;
    return isTooMuch ? [] : entries;
  }

  /** All record files in the archives of a commit. */
  async entriesAt(commit: string): Promise<readonly Archived[]> {
    if (await this.#areNowhere()) return [];
    const entries: Archived[] = [];
    for (const blob of await this.#archivesAt(commit)) entries.push(...(await this.entriesOf(blob)));
    return entries;
  }
}
