import { type Dirent, readdirSync } from "node:fs";
import { join } from "node:path";
import { type Repository, readBlobs, streamBlob } from "../../../platform/git/index.ts";
import { parseRecordPath, RECORD_FOLDER, type RecordPath } from "../../record/index.ts";
import { listRecords } from "../each-blob-line.ts";
import { readFiles } from "../working-evidence.ts";

type Found = AsyncGenerator<[file: RecordPath, chunks: AsyncIterable<Buffer> | Iterable<Buffer>]>;

/** Larger blobs are streamed, not held. */
const MAX_HELD = 4 << 20;

function foldersIn(path: string): string[] {
  return entriesOf(path).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
}

function entriesOf(path: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    // What cannot be listed holds no receipt that anybody could show; lines without one are claimed.
    return [];
  }
}

/** On disk, never through a link. */
function filesOnDisk(root: string): RecordPath[] {
  const top = join(root, RECORD_FOLDER);
  const days = foldersIn(top).flatMap((agent) => foldersIn(join(top, agent)).map((day) => `${agent}/${day}`));
  return days.flatMap((day) =>
    entriesOf(join(top, day)).flatMap((entry) => {
      const file = entry.isFile() ? parseRecordPath(`${RECORD_FOLDER}/${day}/${entry.name}`) : null;
      return file?.kind === "receipt" ? [file] : [];
    }),
  );
}

async function* committed(repository: Repository, commit: string): Found {
  const entries = await listRecords(repository, commit);
  const files = entries.flatMap(({ path, kind, blob }) => {
    const file = kind === "file" ? parseRecordPath(path) : null;
    return file?.kind === "receipt" && blob !== null ? [{ file, blob }] : [];
  });
  let at = 0;
  for await (const [id, found] of readBlobs(
    repository,
    files.map(({ blob }) => blob),
    MAX_HELD,
  )) {
    const file = files[at]?.file;
    at += 1;
    if (file === undefined || "missing" in found) continue;
    yield [file, "content" in found ? [found.content] : streamBlob(repository, id)];
  }
}

/** The receipts files of a commit, or of the working tree, outside of archives. */
export async function* receiptFiles(repository: Repository, commit: string | null): Found {
  if (commit !== null) yield* committed(repository, commit);
  else {
    const root = repository.worktree ?? repository.folder;
    yield* readFiles(root, filesOnDisk(root));
  }
}
