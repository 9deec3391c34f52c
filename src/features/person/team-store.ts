import { sql } from "kysely";
import type { Transaction } from "../../platform/database/index.ts";
import type { TeamView } from "./contract.ts";
import type { PersonTables } from "./tables.ts";

function teams(transaction: Transaction) {
  return transaction
    .withTables<PersonTables>()
    .selectFrom("person_teams as team")
    .innerJoin("person_members as member", (join) =>
      join.onRef("member.fleet_id", "=", "team.fleet_id").onRef("member.team", "=", "team.handle"),
    )
    .select([
      "team.handle",
      "team.name",
      sql<string[]>`array_agg(member.person order by member.person)`.as("members"),
    ])
    .groupBy(["team.fleet_id", "team.handle"])
    .orderBy("team.handle");
}

export function listTeams(transaction: Transaction): Promise<TeamView[]> {
  return teams(transaction).execute();
}

export function findTeam(transaction: Transaction, handle: string): Promise<TeamView | undefined> {
  return teams(transaction).where("team.handle", "=", handle).executeTakeFirst();
}

/** Makes a team, or says anew who belongs to one. */
export async function upsertTeam(
  transaction: Transaction,
  fleet: string,
  { handle, name, members }: TeamView,
): Promise<void> {
  const tables = transaction.withTables<PersonTables>();
  await tables
    .insertInto("person_teams")
    .values({ fleet_id: fleet, handle, name })
    .onConflict((conflict) => conflict.columns(["fleet_id", "handle"]).doUpdateSet({ name }))
    .execute();
  await tables.deleteFrom("person_members").where("team", "=", handle).execute();
  const rows = [...new Set(members)].map((person) => ({ fleet_id: fleet, team: handle, person }));
  await tables.insertInto("person_members").values(rows).execute();
}

/** Teams of which this person is the only member. */
export async function listTeamsOf(transaction: Transaction, person: string): Promise<string[]> {
  const all = await listTeams(transaction);
  return all
    .filter(({ members }) => members.length === 1 && members[0] === person)
    .map(({ handle }) => handle);
}
