import { type Repository, readBlobs, streamBlob } from "../../platform/git/index.ts";
import { evidenceAmong, listRecords } from "./each-blob-line.ts";
import { couldHoldEvidence, type EvidenceSource, isAsked, ledAway } from "./evidence-source.ts";

/** Larger blobs are streamed, not held. */
const MAX_HELD = 4 << 20;

/** The evidence files of a commit. @param asked files or folders; none asks for all */
export async function committedEvidence(
  repository: Repository,
  commit: string,
  asked: readonly string[],
): Promise<EvidenceSource> {
  const entries = await listRecords(repository, commit);
  const blobs = evidenceAmong(entries).filter(({ file }) => isAsked(file.path, asked));
  const findings = entries.flatMap(({ path, kind }) =>
    kind !== "file" && couldHoldEvidence(path) && isAsked(path, asked) ? [ledAway(path, kind)] : [],
  );
  return {
    files: blobs.map(({ file }) => file),
    findings,
    async *read(isWanted = () => true) {
      const wanted = blobs.filter(({ file }) => isWanted(file));
      const ids = wanted.map(({ blob }) => blob);
      let at = 0;
      for await (const [id, found] of readBlobs(repository, ids, MAX_HELD)) {
        const file = wanted[at]?.file;
        at += 1;
        if (file === undefined || "missing" in found) continue;
        yield [file, "content" in found ? [found.content] : streamBlob(repository, id)];
      }
    },
  };
}
