import type { Config } from "../../config/index.ts";
import { blockingOf, type PastFinding, type PastJudgement } from "../history/past-judgement.ts";
import type { LinePull } from "../history/split-pulls.ts";

/** A past pull request as the trend sees it. */
export interface TrendPull {
  pull: LinePull;
  /** Paths that it changed. */
  paths: readonly string[];
  /** The levels that held at its base. */
  rules: Config["rules"];
  /** By the config of its base, at each of its commits, oldest first; the last is what was merged. */
  grown: { time: number; judgement: PastJudgement }[];
  /** By the config of today, as it was merged. */
  today: PastJudgement;
}

/** What blocked a pull request as it was merged, by the rules that held then. */
export function blockedAtMerge({ grown, rules }: TrendPull): PastFinding[] {
  const merged = grown.at(-1);
  return merged === undefined ? [] : blockingOf(merged.judgement, rules);
}

/** Where a finding stands: enough to know it again in another commit. */
export function keyOf({ rule, file }: Pick<PastFinding, "rule" | "file">): string {
  return `${rule} ${file ?? ""}`;
}
