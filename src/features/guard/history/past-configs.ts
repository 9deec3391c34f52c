import { isRefusal, messageOf } from "../../../platform/errors/index.ts";
import { commitTree, type Repository, readIdsAt } from "../../../platform/git/index.ts";
import { CONFIG_FILE, type Config, readConfig } from "../../config/index.ts";

/** The config that held at a commit, or what is wrong with it. */
export type PastConfig = Config | { broken: string };

export function isBroken(config: PastConfig): config is { broken: string } {
  return "broken" in config;
}

async function readOne(repository: Repository, commit: string): Promise<PastConfig> {
  try {
    return await readConfig(commitTree(repository, commit, CONFIG_FILE));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { broken: messageOf(error) };
  }
}

/** The configs of many commits, in the order asked. The same file is read once, and is then the same object. */
export async function readPastConfigs(
  repository: Repository,
  commits: readonly string[],
): Promise<PastConfig[]> {
  const ids = await readIdsAt(repository, commits, CONFIG_FILE);
  const read = new Map<string | null, Promise<PastConfig>>();
  return Promise.all(
    commits.map((commit, index) => {
      const id = ids[index] ?? null;
      const known = read.get(id) ?? readOne(repository, commit);
      read.set(id, known);
      return known;
    }),
  );
}
