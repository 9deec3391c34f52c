import type { OpenArchive } from "./open-archive.ts";
import type { PackedFile } from "./pack-archive.ts";
import { sha256 } from "./read-archived.ts";
import { type WrittenArchive, writeArchive } from "./write-archive.ts";

/** Writes an archive anew, in which one file has another content. See {@link writeArchive} for what is thrown. */
export function replaceArchived(
  root: string,
  archive: string,
  open: OpenArchive,
  replaced: PackedFile,
): Promise<WrittenArchive> {
  async function* files(): AsyncGenerator<PackedFile> {
    for await (const { file, content } of open.files())
      yield file.path === replaced.path ? replaced : { path: file.path, content };
  }
  const sums = new Map(open.sums).set(replaced.path, sha256(replaced.content));
  return writeArchive(root, archive, { sums, files });
}
