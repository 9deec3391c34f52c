import { utcTimestamp } from "../clock/index.ts";
import type { Database } from "../database/index.ts";
import { messageOf } from "../errors/index.ts";
import type { JobTables } from "./job-tables.ts";

const MAX_FAILURE = 300;

/** Counts a failed run, in a transaction of its own: that of the run is rolled back. */
export async function recordFailure(
  database: Database,
  { name, error, now }: { name: string; error: unknown; now: number },
): Promise<void> {
  // NUL is no text of the database's.
  const failure = messageOf(error).replaceAll("\0", "").slice(0, MAX_FAILURE);
  await database.inServer((transaction) =>
    transaction
      .withTables<JobTables>()
      .updateTable("platform_jobs")
      .set((row) => ({ failures: row("failures", "+", 1), failed_at: utcTimestamp(now), failure }))
      .where("name", "=", name)
      .execute(),
  );
}
