import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Fault, messageOf, systemCode } from "../../../platform/errors/index.ts";
import { commitTree, type Repository, type Tree, workingTree } from "../../../platform/git/index.ts";
import { ARCHIVE_FOLDER, isArchive, monthOf, RECORD_FOLDER, type RecordPath } from "../record-path.ts";
import type { ArchivedFile } from "./read-archived.ts";

/** What is wrong with an archive, or with one entry of it, as a sentence. */
export interface ArchiveProblem {
  archive: string;
  message: string;
}

export interface ArchiveFilter {
  /** Of which files the content is asked for. */
  isWanted?: (file: RecordPath) => boolean;
  /** Archives of other months (`2026-01`) are not opened. */
  isMonthWanted?: (month: string) => boolean;
}

/** So many problems of one archive are listed: a hostile one cannot fill a report. */
const MAX_LISTED = 100;
const NO_ARCHIVE = new Set(["ENOENT", "ENOTDIR"]);

/** The record files inside the archives of a tree. Notes what is wrong with them while they are read. */
export class ArchivedRecords {
  /** In path order. */
  readonly archives: readonly string[];
  readonly #tree: Tree;
  readonly #files = new Map<string, RecordPath>();
  readonly #problems = new Map<string, ArchiveProblem>();
  readonly #counts = new Map<string, number>();

  constructor(tree: Tree, archives: readonly string[], problems: readonly ArchiveProblem[] = []) {
    this.#tree = tree;
    this.archives = archives;
    for (const problem of problems) this.#problems.set(problem.message, problem);
  }

  /** Those that were read so far. */
  get files(): RecordPath[] {
    return [...this.#files.values()];
  }

  /** Those that were met so far, each once however often the archives are read. */
  get problems(): ArchiveProblem[] {
    return [...this.#problems.values()];
  }

  #note(archive: string, problem: string): void {
    const message = `${archive}: ${problem}`;
    const count = (this.#counts.get(archive) ?? 0) + 1;
    if (count > MAX_LISTED || this.#problems.has(message)) return;
    this.#counts.set(archive, count);
    const last = `${archive}: has further problems, which are not listed`;
    this.#problems.set(message, { archive, message: count < MAX_LISTED ? message : last });
  }

  async *read({
    isWanted = () => true,
    isMonthWanted = () => true,
  }: ArchiveFilter = {}): AsyncGenerator<ArchivedFile> {
    const asked = this.archives.filter((archive) => {
      const month = monthOf(archive);
      return month === null || isMonthWanted(month);
    });
    if (asked.length === 0) return;
    // Loaded only where there is an archive: most commands of the day meet none.
    const [{ MAX_ARCHIVE }, { readArchived }] = await Promise.all([
      import("./read-archive.ts"),
      import("./read-archived.ts"),
    ]);
    for await (const [archive, found] of this.#tree.read(asked, MAX_ARCHIVE)) {
      if ("missing" in found) this.#note(archive, "is no regular file; it was not read");
      else if ("tooLarge" in found) this.#note(archive, "is larger than 256 MiB; it was not read");
      else
        for await (const archived of readArchived(archive, found.content, isWanted, (problem) =>
          this.#note(archive, problem),
        )) {
          this.#files.set(`${archive}\0${archived.file.path}`, archived.file);
          yield archived;
        }
    }
  }
}

/** The archives among paths of a commit. Asks git nothing before one is read. */
export function archivedAmong(
  repository: Repository,
  commit: string,
  paths: readonly string[],
): ArchivedRecords {
  return new ArchivedRecords(commitTree(repository, commit, ARCHIVE_FOLDER), paths.filter(isArchive));
}

/** The archives of a commit. */
export async function archivedInCommit(repository: Repository, commit: string): Promise<ArchivedRecords> {
  const entries = await commitTree(repository, commit, ARCHIVE_FOLDER).list();
  return archivedAmong(
    repository,
    commit,
    entries.map(({ path }) => path),
  );
}

function isLink(root: string, folder: string): boolean {
  return lstatSync(join(root, folder), { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

function listOnDisk(root: string): string[] {
  try {
    const names = readdirSync(join(root, ARCHIVE_FOLDER)).sort();
    return names.map((name) => `${ARCHIVE_FOLDER}/${name}`).filter(isArchive);
  } catch (cause) {
    if (NO_ARCHIVE.has(systemCode(cause) ?? "")) return [];
    throw new Fault("FILE_FAILED", `${ARCHIVE_FOLDER} could not be read: ${messageOf(cause)}`, { cause });
  }
}

/** The archives on disk, git-ignored ones too, never through a link. Starts no process. */
export function archivedOnDisk(repository: Repository): ArchivedRecords {
  const root = repository.worktree ?? repository.folder;
  const link = [RECORD_FOLDER, ARCHIVE_FOLDER].find((folder) => isLink(root, folder));
  if (link === undefined) return new ArchivedRecords(workingTree(repository), listOnDisk(root));
  const message = `${link} is a link; no archive in it was read`;
  return new ArchivedRecords(workingTree(repository), [], [{ archive: link, message }]);
}
