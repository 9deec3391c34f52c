import { hash } from "node:crypto";
import type { Repository } from "../../platform/git/index.ts";
import { parseRecordPath, RECORD_FOLDER } from "../record/index.ts";
import { type EvidenceBlob, eachBlobLine } from "./each-blob-line.ts";

/** SHA-256, in lower-case hexadecimal, of a line in UTF-8. */
export function sumOf(line: string): string {
  return hash("sha256", line);
}

async function listHistory(
  repository: Repository,
  revisions: readonly string[],
  agents: readonly string[],
): Promise<EvidenceBlob[]> {
  const folders = agents.map((agent) => `${RECORD_FOLDER}/${agent}`);
  const args = ["rev-list", "--objects", "--full-history", "--all", ...revisions, "--", ...folders];
  const { stdout } = await repository.git(args);
  return stdout
    .toString()
    .split("\n")
    .flatMap((row) => {
      const [blob = ""] = row.split(" ", 1);
      const file = parseRecordPath(row.slice(blob.length + 1));
      return file?.kind === "evidence" ? [{ file, blob }] : [];
    });
}

/**
 * Which of these sums belong to an evidence line that some commit of the repository holds.
 * Reads the agents' whole history, so ask only for what is missing.
 */
export async function searchHistory(
  repository: Repository,
  revisions: readonly string[],
  agents: readonly string[],
  wanted: readonly string[],
): Promise<Set<string>> {
  const missing = new Set(wanted);
  const found = new Set<string>();
  if (missing.size === 0) return found;
  await eachBlobLine(repository, await listHistory(repository, revisions, agents), (line) => {
    if (found.size === missing.size || !line.includes('"session"')) return;
    const sum = sumOf(line);
    if (missing.has(sum)) found.add(sum);
  });
  return found;
}
