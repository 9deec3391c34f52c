import { setMaxListeners } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { type Clock, utcTimestamp } from "../clock/index.ts";
import type { Database, Transaction } from "../database/index.ts";
import type { JobTables } from "./job-tables.ts";
import { recordFailure } from "./record-failure.ts";

/** Work that is due again and again. */
export interface Job {
  /** `<feature>_<what>`. */
  name: string;
  /** Milliseconds between two runs. */
  every: number;
  /** In one transaction over all fleets; what it did not finish it does the next time. */
  run(transaction: Transaction, now: number): Promise<void>;
}

export interface JobRunnerOptions {
  database: Database;
  clock: Clock;
  jobs: readonly Job[];
  /** Told of each run that failed; it is tried again. */
  failed(job: string, error: unknown): void;
}

export interface JobRunner {
  close(): Promise<void>;
}

/** Never longer than this between two looks, so that a process that takes over is there soon. */
const LOOK_MS = 1_000;
const EPOCH = utcTimestamp(0);

async function know(database: Database, jobs: readonly Job[]): Promise<void> {
  await database.inServer((transaction) =>
    transaction
      .withTables<JobTables>()
      .insertInto("platform_jobs")
      .values(jobs.map(({ name }) => ({ name, ran_at: EPOCH })))
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  );
}

/** Runs a job if it is due and nobody else is at it: whoever holds its row is. */
async function runIfDue({ database, clock }: JobRunnerOptions, job: Job): Promise<void> {
  const now = clock.now();
  await database.inServer(async (transaction) => {
    const tables = transaction.withTables<JobTables>();
    const row = await tables
      .selectFrom("platform_jobs")
      .select("ran_at")
      .where("name", "=", job.name)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    if (!row || row.ran_at > now - job.every) return;
    await job.run(transaction, now);
    await tables
      .updateTable("platform_jobs")
      .set({ ran_at: utcTimestamp(now), took_ms: clock.now() - now, failures: 0 })
      .where("name", "=", job.name)
      .execute();
  });
}

/** Tells it, and keeps it for whoever asks how the jobs are; where the database is away, only the first. */
async function noteFailure({ database, clock, failed }: JobRunnerOptions, job: Job, error: unknown) {
  failed(job.name, error);
  await recordFailure(database, { name: job.name, error, now: clock.now() }).catch(() => undefined);
}

/** Runs jobs as they are due, until it is closed. Any number of processes may do so on one database. */
export async function startJobs(options: JobRunnerOptions): Promise<JobRunner> {
  await know(options.database, options.jobs);
  const stopped = new AbortController();
  // Each loop waits on it: Node takes more than ten for a leak.
  setMaxListeners(options.jobs.length, stopped.signal);
  const loops = options.jobs.map(async (job) => {
    while (!stopped.signal.aborted) {
      await runIfDue(options, job).catch((error) => noteFailure(options, job, error));
      await wait(Math.min(job.every, LOOK_MS), undefined, { signal: stopped.signal }).catch(() => undefined);
    }
  });
  return {
    close: async () => {
      stopped.abort();
      await Promise.all(loops);
    },
  };
}
