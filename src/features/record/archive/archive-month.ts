import { Refusal } from "../../../platform/errors/index.ts";
import type { Repository } from "../../../platform/git/index.ts";
import { archiveOf } from "../record-path.ts";
import { readCommitted } from "./committed-files.ts";
import { mergeFiles } from "./merge-files.ts";
import { type OpenArchive, openArchive } from "./open-archive.ts";
import type { PackedFile } from "./pack-archive.ts";
import type { CommittedFile } from "./plan-archive.ts";
import { sha256 } from "./read-archived.ts";
import { type ArchiveContent, type WrittenArchive, writeArchive } from "./write-archive.ts";

/** What an archive will hold once the files of a month have moved into it. */
export interface MonthToArchive extends ArchiveContent {
  archive: string;
  /** Those that move. */
  moving: readonly CommittedFile[];
  /** Bytes of all files in the archive, unpacked. */
  unpacked: number;
  /** The archive as it is on disk holds it all already, as after an interruption: nothing is to be written. */
  held: WrittenArchive | null;
}

async function* packedFiles(open: OpenArchive | null): AsyncGenerator<PackedFile> {
  if (open !== null) for await (const { file, content } of open.files()) yield { path: file.path, content };
}

function isSame(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  return one.size === other.size && [...one].every(([path, sum]) => other.get(path) === sum);
}

/** An archive that was committed and is gone would be written anew without what it held. */
async function refuseLost(repository: Repository, archive: string): Promise<void> {
  const asked = ["ls-files", "--error-unmatch", "--", archive];
  if ((await repository.git(asked, { accept: [0, 1] })).status !== 0) return;
  throw new Refusal("REFUSED", `git holds ${archive}, and it does not lie on disk as a file`, {
    hint: `git checkout HEAD -- ${archive}`,
  });
}

/**
 * Reads a month's archive, when there is one, and the files that move into it. Writes nothing.
 * @throws Refusal where the archive that stands there is not whole
 */
export async function readMonth(
  repository: Repository,
  month: string,
  moving: readonly CommittedFile[],
): Promise<MonthToArchive> {
  const archive = archiveOf(month);
  const open = await openArchive(repository, archive);
  if (open === null) await refuseLost(repository, archive);
  const files = () => mergeFiles(packedFiles(open), readCommitted(repository, moving));
  const sums = new Map<string, string>();
  let unpacked = 0;
  for await (const { path, content } of files()) {
    sums.set(path, sha256(content));
    unpacked += content.length;
  }
  const held =
    open && isSame(open.sums, sums) ? { bytes: open.packed.length, sha256: sha256(open.packed) } : null;
  return { archive, moving, sums, files, unpacked, held };
}

/** Writes a month's archive, unless it stands there already. See {@link writeArchive} for what is thrown. */
export async function writeMonth(root: string, month: MonthToArchive): Promise<WrittenArchive> {
  return month.held ?? writeArchive(root, month.archive, month);
}
