import { type Config, readConfig as read } from "../../features/config/index.ts";
import { commitTree, openRepository, resolveCommit, workingTree } from "../../platform/git/index.ts";

/**
 * Reads `growth-engine.json` with every default filled in; durations are milliseconds.
 *
 * @param folder any folder of a checkout, or of a bare repository
 * @param query `head`: a revision instead of the working tree
 * @throws Refusal CONFIG_INVALID with line, column and the nearest valid key, REVISION_UNKNOWN; Fault
 */
export async function readConfig(folder: string, query: { head?: string | undefined } = {}): Promise<Config> {
  const repository = await openRepository(folder);
  const { head } = query;
  if (head === undefined) return read(workingTree(repository));
  return read(commitTree(repository, await resolveCommit(repository, head)));
}
