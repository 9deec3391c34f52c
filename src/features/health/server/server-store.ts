import { sql } from "kysely";
import {
  type Database,
  type DatabaseFacts,
  lookAtDatabase,
  type Migration,
  type Transaction,
} from "../../../platform/database/index.ts";
import { type Job, type JobState, readJobs } from "../../../platform/jobs/index.ts";

/** A page that a person waits for: what takes longer is told as such. */
const STATEMENT_MS = sql.raw("3000");

export function askDatabase(database: Database, migrations: readonly Migration[]): Promise<DatabaseFacts> {
  return lookAtDatabase(database, migrations);
}

export function askJobs(database: Database, jobs: readonly Job[]): Promise<JobState[]> {
  return database.inServer((transaction) => readJobs(transaction, jobs));
}

/** One transaction of the fleet for a probe, each of whose statements ends after three seconds. */
export function inProbe<T>(
  database: Database,
  fleet: string,
  look: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  return database.inFleet(fleet, async (transaction) => {
    await sql`set local statement_timeout = ${STATEMENT_MS}`.execute(transaction);
    return look(transaction);
  });
}
