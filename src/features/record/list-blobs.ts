import { type Repository, splitZero } from "../../platform/git/index.ts";

/** Blob ids of the regular files at or below `path` in a commit, by path; other folders are not walked. */
export async function listBlobs(
  repository: Repository,
  commit: string,
  path: string,
): Promise<Map<string, string>> {
  const { stdout } = await repository.git(["ls-tree", "-r", "-z", "--full-tree", commit, "--", path]);
  const blobs = new Map<string, string>();
  for (const line of splitZero(stdout)) {
    const tab = line.indexOf("\t");
    const [mode = "", , id = ""] = line.slice(0, tab).split(" ");
    if (mode.startsWith("100")) blobs.set(line.slice(tab + 1), id);
  }
  return blobs;
}
