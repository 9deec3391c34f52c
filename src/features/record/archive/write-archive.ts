import { readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { Fault, Refusal } from "../../../platform/errors/index.ts";
import { replaceFile } from "../../../platform/files/index.ts";
import { makeFolder } from "../make-folder.ts";
import { formatManifest, MAX_ENTRIES } from "./manifest.ts";
import { type PackedFile, packArchive } from "./pack-archive.ts";
import { MAX_ARCHIVE } from "./read-archive.ts";
import { readArchived, sha256 } from "./read-archived.ts";

/** What is to stand in an archive. */
export interface ArchiveContent {
  /** Path → SHA-256, in the order of the files. */
  sums: ReadonlyMap<string, string>;
  /** The files, as often as they are asked for. */
  files(): AsyncIterable<PackedFile>;
}

export interface WrittenArchive {
  bytes: number;
  sha256: string;
}

/** More than a guard would take. What is archived then would count as removed. */
function refuseUnreadable(archive: string, why: string): never {
  throw new Refusal("INPUT_TOO_LARGE", `${archive} ${why}, which no guard would read`, {
    hint: "leave these files where they are",
  });
}

/** Reads an archive back and compares every sum. @throws Fault when something is not as it was given */
async function compare(archive: string, packed: Buffer, sums: ReadonlyMap<string, string>): Promise<void> {
  const problems: string[] = [];
  const report = (problem: string) => problems.length < 10 && problems.push(problem);
  let same = 0;
  for await (const { file, sum } of readArchived(archive, packed, () => true, report))
    if (sums.get(file.path) === sum) same += 1;
  const [first] = problems;
  if (first?.startsWith("unpacks to more")) refuseUnreadable(archive, first);
  if (first === undefined && same === sums.size) return;
  const what = first ?? `only ${same} of ${sums.size} files were read back`;
  throw new Fault(
    "FILE_FAILED",
    `${archive} could not be read back as it was written: ${what}; nothing was changed`,
    {
      hint: "free disk space, or look at the disk; then run it again",
    },
  );
}

/**
 * Writes an archive, reads it back, compares every sum, and only then puts it into its place.
 * @throws Refusal INPUT_TOO_LARGE for an archive that no guard would read; Fault FILE_FAILED. The earlier archive
 * stands then as it was.
 */
export async function writeArchive(
  root: string,
  archive: string,
  { sums, files }: ArchiveContent,
): Promise<WrittenArchive> {
  if (sums.size > MAX_ENTRIES) refuseUnreadable(archive, `would hold more than ${MAX_ENTRIES} files`);
  const folder = makeFolder(root, archive);
  let written: WrittenArchive | undefined;
  await replaceFile(
    join(folder, basename(archive)),
    (append) => packArchive(formatManifest(sums), files(), append),
    async (path) => {
      if (statSync(path).size > MAX_ARCHIVE) refuseUnreadable(archive, "would be larger than 256 MiB");
      const packed = readFileSync(path);
      await compare(archive, packed, sums);
      written = { bytes: packed.length, sha256: sha256(packed) };
    },
  );
  if (written === undefined) throw new Fault("INTERNAL", `${archive} was not compared`);
  return written;
}
