import { utcTimestamp } from "../../../platform/clock/index.ts";
import type { Transaction } from "../../../platform/database/index.ts";
import type { CiHealth } from "./contract.ts";
import {
  countCauses,
  measureAll,
  measureWeeks,
  measureWorkflows,
  type Numbers,
  type RunsFilter,
} from "./run-store.ts";

const shareOf = ({ runs, failed }: Pick<Numbers, "runs" | "failed">): number | null =>
  runs === 0 ? null : failed / runs;

/** How CI went since some time, from what forges told. */
export async function measureHealth(
  transaction: Transaction,
  fleet: string,
  filter: RunsFilter,
): Promise<CiHealth> {
  const all = await measureAll(transaction, fleet, filter);
  const causes = await countCauses(transaction, fleet, filter);
  const workflows = await measureWorkflows(transaction, fleet, filter);
  const weeks = await measureWeeks(transaction, fleet, filter);
  return {
    since: utcTimestamp(filter.since),
    ...all,
    share: shareOf(all),
    causes: causes.map((row) => ({ ...row, last_at: utcTimestamp(row.last_at) })),
    workflows: workflows.map((row) => ({ ...row, share: shareOf(row), last_at: utcTimestamp(row.last_at) })),
    weeks: weeks.map((row) => ({
      week: row.week,
      runs: row.runs,
      failed: row.failed,
      share: shareOf(row),
      median_seconds: row.median_seconds,
    })),
  };
}
