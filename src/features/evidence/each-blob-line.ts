import {
  commitTree,
  type Repository,
  readBlobs,
  streamBlob,
  type TreeEntry,
} from "../../platform/git/index.ts";
import { parseRecordPath, RECORD_FOLDER, type RecordPath } from "../record/index.ts";
import { eachLine } from "./each-line.ts";

/** Larger blobs are streamed, not held, which means that git reads them twice. */
const MAX_HELD = 64 << 20;

/** An evidence file as git holds it. */
export interface EvidenceBlob {
  file: RecordPath;
  blob: string;
}

/** Everything below `artifacts/` in a commit. */
export async function listRecords(repository: Repository, commit: string): Promise<readonly TreeEntry[]> {
  return commitTree(repository, commit, RECORD_FOLDER).list();
}

/** The evidence files among entries of a tree. */
export function evidenceAmong(entries: readonly TreeEntry[]): EvidenceBlob[] {
  return entries.flatMap(({ path, kind, blob }) => {
    const file = kind === "file" ? parseRecordPath(path) : null;
    return file?.kind === "evidence" && blob !== null ? [{ file, blob }] : [];
  });
}

/** Hands on every line of many blobs, each blob read once, in constant memory and unparsed. */
export async function eachBlobLine(
  repository: Repository,
  blobs: readonly EvidenceBlob[],
  visit: (line: string, of: EvidenceBlob) => void,
): Promise<void> {
  const byId = new Map<string, EvidenceBlob[]>();
  for (const each of blobs) byId.set(each.blob, [...(byId.get(each.blob) ?? []), each]);
  for await (const [id, found] of readBlobs(repository, [...byId.keys()], MAX_HELD)) {
    if ("missing" in found) continue;
    const places = byId.get(id) ?? [];
    const chunks = "content" in found ? [found.content] : streamBlob(repository, id);
    await eachLine(chunks, (line) => {
      for (const of of places) visit(line, of);
    });
  }
}
