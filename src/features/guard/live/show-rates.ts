import { utcTimestamp } from "../../../platform/clock/index.ts";
import type { Transaction } from "../../../platform/database/index.ts";
import type { Rates } from "./contract.ts";
import {
  countAnswers,
  countRules,
  countVerdicts,
  measureResolution,
  type RatesFilter,
} from "./rates-store.ts";

type Answers = Omit<Rates["guards"][number], "share">;

/** The share of passes among the answers that judged something; what could not be told is no pass. */
export function shareOf({ passed, failed, errors }: Answers): number | null {
  const judged = passed + failed + errors;
  return judged === 0 ? null : passed / judged;
}

/** How guarding went since some time. */
export async function showRates(
  transaction: Transaction,
  fleet: string,
  filter: RatesFilter,
): Promise<Rates> {
  const { verdicts, attested } = await countVerdicts(transaction, fleet, filter);
  const answers = await countAnswers(transaction, fleet, filter);
  const rules = await countRules(transaction, fleet, filter);
  const { resolved, open, median, p95 } = await measureResolution(transaction, fleet, filter);
  return {
    since: utcTimestamp(filter.since),
    verdicts,
    attested,
    guards: answers.map((row) => ({ ...row, share: shareOf(row) })),
    rules,
    resolution: { resolved, open, median_seconds: median, p95_seconds: p95 },
  };
}
