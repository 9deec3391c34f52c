import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";
import { commitTree, type Repository } from "../../platform/git/index.ts";
import { ARCHIVE_FOLDER } from "./record-path.ts";

/** More than this is not unpacked from one archive: a hostile one would fill the memory. */
const MAX_UNPACKED = 1 << 30;
const MAX_ENTRY = 64 << 20;

/** The files of a `tar.gz` whose path is wanted; a damaged archive holds nothing. */
export async function readArchive(
  archive: Buffer,
  wanted: ReadonlySet<string>,
): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  const unpack = extract();
  const source = Readable.from([archive]).pipe(createGunzip());
  source.on("error", (error) => unpack.destroy(error));
  source.pipe(unpack);
  let total = 0;
  try {
    for await (const entry of unpack) {
      const path = entry.header.name.replace(/^\.\//, "");
      const keep = wanted.has(path) && (entry.header.size ?? 0) <= MAX_ENTRY;
      const parts: Buffer[] = [];
      for await (const part of entry) {
        total += (part as Buffer).length;
        if (total > MAX_UNPACKED) throw new Error("the archive unpacks to over 1 GiB");
        if (keep) parts.push(part as Buffer);
      }
      if (keep) found.set(path, Buffer.concat(parts));
    }
  } catch {
    // What could not be unpacked is not held by the archive, so the removal stays a rewrite.
    return found;
  }
  return found;
}

/** Contents of record files that the archives of a commit hold. */
export async function readArchived(
  repository: Repository,
  commit: string,
  wanted: ReadonlySet<string>,
): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  const tree = commitTree(repository, commit);
  const archives = (await tree.list()).filter(
    ({ path }) => path.startsWith(`${ARCHIVE_FOLDER}/`) && path.endsWith(".tar.gz"),
  );
  for await (const [, archive] of tree.read(
    archives.map(({ path }) => path),
    MAX_UNPACKED,
  )) {
    if (!("content" in archive)) continue;
    for (const [path, content] of await readArchive(archive.content, wanted)) found.set(path, content);
  }
  return found;
}
