import { type ScanRequest, scanRepository } from "../../features/ban/index.ts";
import { openRepository } from "../../platform/git/index.ts";
import type { GuardVerdict } from "../../vocabulary/finding.ts";
import { version } from "./version.ts";

/**
 * Scans a tree for development-only MCP servers that production holds or reaches, as `growth-engine ban scan` does:
 * the working tree, or the commit or index that is asked for. What the last scan of a working tree found is kept in
 * its git directory.
 *
 * @param folder any folder of a checkout, or of a bare repository
 * @throws Refusal USAGE, REVISION_UNKNOWN, CONFIG_INVALID, INPUT_INVALID; Fault NOT_A_REPOSITORY, GIT_FAILED
 */
export async function scanBan(folder: string, query: ScanRequest = {}): Promise<GuardVerdict> {
  const repository = await openRepository(folder);
  return scanRepository(repository, query, { cwd: folder, version });
}
