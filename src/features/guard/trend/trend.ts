import type { Timing } from "../../../platform/timings/index.ts";
import type { Violation } from "../../ban/index.ts";
import type { Config } from "../../config/index.ts";
import { type Compliance, measureCompliance } from "./measure-compliance.ts";
import { type Effect, measureEffect, measureResolution, type Resolution } from "./measure-effect.ts";
import { type Failure, measureFailures } from "./measure-failures.ts";
import { type CommandTimes, measureRuns } from "./measure-runs.ts";
import { measureViolations, type Violations } from "./measure-violations.ts";
import type { TrendPull } from "./trend-pull.ts";
import { weeksBetween } from "./weeks.ts";

/** How guarding went, from history alone but for the run times, which are this machine's. */
export interface Trend {
  compliance: Compliance;
  failures: Failure[];
  resolution: Resolution;
  effect: Effect;
  violations: Violations;
  runs: CommandTimes[];
}

export interface TrendFacts {
  /** Oldest first; all of them could be judged. */
  pulls: readonly TrendPull[];
  /** The levels of today. */
  rules: Config["rules"];
  /** What the branch's tip holds of banned packages. */
  standing: readonly Violation[];
  runs: readonly Timing[];
}

/** Measures what the facts show. Pure: the same history gives the same trend. */
export function measureTrend({ pulls, rules, standing, runs }: TrendFacts): Trend {
  const times = pulls.map(({ pull }) => pull.end.time);
  const weeks = times.length === 0 ? [] : weeksBetween(Math.min(...times), Math.max(...times));
  return {
    compliance: measureCompliance(pulls, weeks),
    failures: measureFailures(pulls),
    resolution: measureResolution(pulls),
    effect: measureEffect(pulls, rules),
    violations: measureViolations(pulls, standing, weeks),
    runs: measureRuns(runs),
  };
}
