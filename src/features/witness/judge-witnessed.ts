import type { Finding } from "../../vocabulary/finding.ts";
import type { Config } from "../config/index.ts";
import { judgeRuns, type RunFacts, summariseRuns } from "../run/index.ts";
import { judgeWitness, summariseWitness } from "./judge-witness.ts";
import type { WitnessFacts } from "./witness-facts.ts";

/** What the guard `witness` judges: what was seen of the work, and the runs that were recorded. */
export interface WitnessedFacts extends WitnessFacts {
  runs: RunFacts;
}

/** What the facts break of the rules of `witness` and of `run`. */
export function judgeWitnessed(facts: WitnessedFacts, config: Config): Finding[] {
  return [...judgeWitness(facts, config), ...judgeRuns(facts.runs, config)];
}

/** One sentence of the guard `witness`. */
export function summariseWitnessed(facts: WitnessedFacts): string {
  const ran = summariseRuns(facts.runs);
  return ran === null ? summariseWitness(facts) : `${summariseWitness(facts)}; ${ran}`;
}
