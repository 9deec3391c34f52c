import { type Repository, splitZero } from "../../platform/git/index.ts";
import { RECORD_FOLDER } from "../record/index.ts";
import { parseHeartbeatPath } from "./heartbeat-path.ts";

/** Heartbeat files on disk that git ignores: no commit will carry them. */
export async function listIgnored(repository: Repository): Promise<string[]> {
  const args = ["ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--full-name"];
  const { stdout } = await repository.git([...args, "--", RECORD_FOLDER]);
  return splitZero(stdout).filter((path) => parseHeartbeatPath(path) !== null);
}
