import type { Finding } from "../../vocabulary/finding.ts";
import type { Config } from "../config/index.ts";
import type { HeartbeatFacts } from "./facts.ts";

export interface JudgeOptions {
  /** A merge queue's commit or a merge commit: `unfinished`, `missing` and `uncovered` are not judged. */
  merge: boolean;
}

/** What the record shows about the heartbeat of a range (contract §3). */
export function judgeHeartbeat(facts: HeartbeatFacts, config: Config, options: JudgeOptions): Finding[] {
  void [facts, config, options];
  return [];
}
