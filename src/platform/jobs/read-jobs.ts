import type { Transaction } from "../database/index.ts";
import type { JobTables } from "./job-tables.ts";
import type { Job } from "./start-jobs.ts";

/** How a scheduled job stands. Times are milliseconds since 1970. */
export interface JobState {
  name: string;
  /** Milliseconds between two runs. */
  every: number;
  /** When it last ran to its end; null when it never has. */
  ranAt: number | null;
  tookMs: number;
  /** Runs that failed since. */
  failures: number;
  /** Of the last that failed, ever. */
  failedAt: number | null;
  failure: string | null;
}

/** How these jobs stand. Needs a transaction that sees all fleets. */
export async function readJobs(transaction: Transaction, jobs: readonly Job[]): Promise<JobState[]> {
  const rows = await transaction.withTables<JobTables>().selectFrom("platform_jobs").selectAll().execute();
  return jobs.map(({ name, every }) => {
    const row = rows.find((one) => one.name === name);
    return {
      name,
      every,
      ranAt: row?.ran_at || null,
      tookMs: row?.took_ms ?? 0,
      failures: row?.failures ?? 0,
      failedAt: row?.failed_at ?? null,
      failure: row?.failure ?? null,
    };
  });
}
