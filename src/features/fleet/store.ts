import { sql } from "kysely";
import { utcTimestamp } from "../../platform/clock/index.ts";
import type { Instant, Made, Transaction } from "../../platform/database/index.ts";
import type { FleetView, RepositoryView } from "./contract.ts";

type FleetTables = {
  fleet_fleets: { fleet_id: Made<string>; name: string; created_at: Instant };
  fleet_repositories: { fleet_id: string; name: string; url: string | null; created_at: Instant };
};

/** The fleet of this name. Needs a transaction that sees all fleets. */
export function findFleet(transaction: Transaction, name: string) {
  return transaction
    .withTables<FleetTables>()
    .selectFrom("fleet_fleets")
    .select(["fleet_id as id", "name", "created_at"])
    .where("name", "=", name)
    .executeTakeFirst();
}

/** Makes a fleet; undefined when the name is taken. */
export function insertFleet(transaction: Transaction, name: string, now: number) {
  return transaction
    .withTables<FleetTables>()
    .insertInto("fleet_fleets")
    .values({ name, created_at: utcTimestamp(now) })
    .onConflict((conflict) => conflict.column("name").doNothing())
    .returning(["fleet_id as id", "name", "created_at"])
    .executeTakeFirst();
}

/** Removes a fleet with everything in it but its audit. */
export async function deleteFleet(transaction: Transaction, id: string): Promise<void> {
  await sql`call growth_engine.fleet_remove(${id}::uuid)`.execute(transaction);
}

export async function listFleets(
  transaction: Transaction,
  { only, limit, after }: { only: string | null; limit: number; after: string },
): Promise<FleetView[]> {
  const query = transaction
    .withTables<FleetTables>()
    .selectFrom("fleet_fleets")
    .select(["name", "created_at"])
    .where("name", ">", after)
    .orderBy("name")
    .limit(limit);
  const rows = await (only === null ? query : query.where("fleet_id", "=", only)).execute();
  return rows.map((row) => ({ name: row.name, created_at: utcTimestamp(row.created_at) }));
}

/** Adds a repository; undefined when the name is taken. */
export async function insertRepository(
  transaction: Transaction,
  fleet: string,
  { name, url, now }: { name: string; url: string | null; now: number },
): Promise<RepositoryView | undefined> {
  const row = await transaction
    .withTables<FleetTables>()
    .insertInto("fleet_repositories")
    .values({ fleet_id: fleet, name, url, created_at: utcTimestamp(now) })
    .onConflict((conflict) => conflict.doNothing())
    .returning(["name", "url", "created_at"])
    .executeTakeFirst();
  return row && { ...row, created_at: utcTimestamp(row.created_at) };
}

export async function listRepositories(transaction: Transaction): Promise<RepositoryView[]> {
  const rows = await transaction
    .withTables<FleetTables>()
    .selectFrom("fleet_repositories")
    .select(["name", "url", "created_at"])
    .orderBy("name")
    .execute();
  return rows.map((row) => ({ ...row, created_at: utcTimestamp(row.created_at) }));
}
