import { join } from "node:path";
import { type Repository, sharedGitDirectory } from "../git/index.ts";

/** Where a repository's own run times stand: in its git directory, so that no commit carries them. */
export function timingsFile(repository: Repository): string | null {
  const folder = sharedGitDirectory(repository);
  return folder === null ? null : join(folder, "growth-engine", "runs.jsonl");
}
