import { type Kysely, type Transaction as KyselyTransaction, sql } from "kysely";
import { systemCode } from "../errors/index.ts";

/** A transaction; a store sees its own tables in it: `transaction.withTables<TaskTables>()`. */
export type Transaction = KyselyTransaction<Record<never, never>>;

/** SQLSTATE: serialization_failure, deadlock_detected. The database chose a victim, and asks to try again. */
const AGAIN = new Set(["40001", "40P01"]);
const TRIES = 4;

/** The role of {@link inFleet}: row-level security holds for it. */
export const FLEET_ROLE = "growth_engine_fleet";

export async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries === TRIES || !AGAIN.has(systemCode(error) ?? "")) throw error;
    }
  }
}

/**
 * Runs work that sees one fleet and nothing else: the one place that scopes queries. The role and the fleet last as
 * long as the transaction, and row-level security compares each row with them.
 */
export function inFleet<T>(
  kysely: Kysely<Record<never, never>>,
  fleet: string,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  return again(() =>
    kysely.transaction().execute(async (transaction) => {
      await sql`select set_config('role', ${FLEET_ROLE}, true), set_config('growth_engine.fleet', ${fleet}, true)`.execute(
        transaction,
      );
      return work(transaction);
    }),
  );
}

/** Runs work that sees all fleets: signing in, jobs and metrics. */
export function inServer<T>(
  kysely: Kysely<Record<never, never>>,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  return again(() => kysely.transaction().execute(work));
}
