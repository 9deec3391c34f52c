import type { Repository } from "../../platform/git/index.ts";
import type { Config } from "../config/index.ts";

/** What is looked at, and with what. */
export interface CheckoutGround {
  repository: Repository;
  /** Absolute path of its top. */
  worktree: string;
  /** The defaults where the config has a mistake: that is a finding of its own. */
  config: Config;
  env: NodeJS.ProcessEnv;
  /** Milliseconds since 1970. */
  now: number;
}
