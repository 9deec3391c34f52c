import type { Repository } from "../../platform/git/index.ts";
import type { GithubAccess } from "../../platform/github/index.ts";
import type { Config } from "../config/index.ts";
import type { Subject } from "../guard/index.ts";
import { learnMerged } from "./learn-merged.ts";
import { type Learned, learnPull } from "./learn-pull.ts";
import type { Occasion } from "./read-occasion.ts";

/**
 * Completes what an event says by what the forge knows. Never fails for the forge: what could not be read stays as
 * the event has it, and a note says so.
 * @param config the rules of the target's tip: who may override, who is exempt
 */
export function learnFromForge(
  access: GithubAccess,
  occasion: Occasion,
  subject: Subject,
  ground: { config: Config; repository: Repository },
): Promise<Learned> {
  return occasion.kind === "pull-request"
    ? learnPull(access, occasion, subject, ground.config.pullRequest)
    : learnMerged(access, occasion, subject, ground);
}
