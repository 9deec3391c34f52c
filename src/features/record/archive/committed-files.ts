import { type Repository, readBlobs, type TreeContent, workingTree } from "../../../platform/git/index.ts";
import { linesOf } from "../lines-of.ts";
import { contentSum } from "./archives.ts";
import type { PackedFile } from "./pack-archive.ts";
import type { CommittedFile, LeftFile } from "./plan-archive.ts";
import { MAX_ENTRY } from "./read-archive.ts";

/** The files as git holds them, one at a time: the same bytes in every checkout. */
export async function* readCommitted(
  repository: Repository,
  files: readonly CommittedFile[],
): AsyncGenerator<PackedFile> {
  for await (const [{ path }, found] of readEach(repository, files))
    if ("content" in found) yield { path, content: found.content };
}

async function* readEach(
  repository: Repository,
  files: readonly CommittedFile[],
): AsyncGenerator<[file: CommittedFile, found: TreeContent]> {
  let at = 0;
  const blobs = files.map(({ blob }) => blob);
  for await (const [, found] of readBlobs(repository, blobs, MAX_ENTRY)) {
    const file = files[at];
    at += 1;
    if (file !== undefined) yield [file, found];
  }
}

/** Is it there, and are its lines those that git holds? Line ends may differ, as settings of a checkout have it. */
function whyOther(committed: TreeContent, onDisk: TreeContent | undefined): string | null {
  if (!("content" in committed)) return "is larger than 64 MiB";
  if (onDisk === undefined || !("content" in onDisk))
    return "does not lie on disk as a file (a sparse checkout?)";
  const isSame = contentSum(linesOf(committed.content)) === contentSum(linesOf(onDisk.content));
  return isSame
    ? null
    : "is on disk not what git holds (a filter, or a change that git was told to overlook)";
}

/**
 * Holds each file on disk against what git holds, whatever the index says of it: why it may not move, or null.
 * Compared when it is asked for, so that the answer is fresh.
 */
export async function* compareFiles(
  repository: Repository,
  files: readonly CommittedFile[],
): AsyncGenerator<[file: CommittedFile, reason: string | null]> {
  const disk = workingTree(repository);
  for await (const [file, committed] of readEach(repository, files)) {
    let onDisk: TreeContent | undefined;
    for await (const [, found] of disk.read([file.path], 2 * MAX_ENTRY)) onDisk = found;
    yield [file, whyOther(committed, onDisk)];
  }
}

/** Parts the files whose content on disk is what git holds from the others. */
export async function partFiles(
  repository: Repository,
  files: readonly CommittedFile[],
): Promise<{ same: CommittedFile[]; left: LeftFile[] }> {
  const same: CommittedFile[] = [];
  const left: LeftFile[] = [];
  for await (const [file, reason] of compareFiles(repository, files)) {
    if (reason === null) same.push(file);
    else left.push({ path: file.path, reason });
  }
  return { same, left };
}
