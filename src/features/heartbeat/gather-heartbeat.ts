import type { Range, Repository, Tree } from "../../platform/git/index.ts";
import type { Config } from "../config/index.ts";
import type { Rewrite } from "../record/index.ts";
import type { HeartbeatFacts } from "./facts.ts";

export interface GatherOptions {
  /** Paths that the pull request text cites as heartbeat; null when no text was given. */
  cited: readonly { path: string; line: number }[] | null;
  /** Milliseconds since 1970 of the valid evidence lines that the range added. */
  recordTimes: readonly number[];
  /** What `findRewrites` answered, when it was asked already. */
  rewrites?: readonly Rewrite[];
  /** The tree of the range's head, when it is open already. */
  tree?: Tree;
}

/** Reads what the judge of a range's heartbeat needs. */
export async function gatherHeartbeat(
  repository: Repository,
  range: Range,
  config: Config,
  options: GatherOptions,
): Promise<HeartbeatFacts> {
  void [repository, range, config, options];
  throw new Error("not built yet");
}
