import { sql } from "kysely";
import { utcTimestamp } from "../../platform/clock/index.ts";
import type { Transaction } from "../../platform/database/index.ts";
import type { PersonView } from "./contract.ts";
import type { PersonTables } from "./tables.ts";

interface Row {
  handle: string;
  name: string;
  roles: string[];
  contacts: unknown;
  left_at: number | null;
  teams: string[] | null;
}

function view({ left_at, teams, contacts, ...row }: Row): PersonView {
  return {
    ...row,
    contacts: contacts as PersonView["contacts"],
    teams: teams ?? [],
    left_at: left_at === null ? null : utcTimestamp(left_at),
  };
}

function people(transaction: Transaction) {
  return transaction
    .withTables<PersonTables>()
    .selectFrom("person_people as person")
    .leftJoin("person_members as member", (join) =>
      join.onRef("member.fleet_id", "=", "person.fleet_id").onRef("member.person", "=", "person.handle"),
    )
    .select([
      "person.handle",
      "person.name",
      "person.roles",
      "person.contacts",
      "person.left_at",
      sql<
        string[] | null
      >`array_agg(member.team order by member.team) filter (where member.team is not null)`.as("teams"),
    ])
    .groupBy(["person.fleet_id", "person.handle"]);
}

export async function findPerson(transaction: Transaction, handle: string): Promise<PersonView | undefined> {
  const row = await people(transaction).where("person.handle", "=", handle).executeTakeFirst();
  return row && view(row);
}

/** By handle; with a role, those who have it. */
export async function listPeople(
  transaction: Transaction,
  { role, after, limit }: { role: string | undefined; after: string; limit: number },
): Promise<PersonView[]> {
  let query = people(transaction).where("person.handle", ">", after).where("person.left_at", "is", null);
  if (role !== undefined) query = query.where(sql<boolean>`${role} = any(person.roles)`);
  return (await query.orderBy("person.handle").limit(limit).execute()).map(view);
}

/** These people, by handle. */
export async function listPeopleNamed(
  transaction: Transaction,
  handles: readonly string[],
): Promise<PersonView[]> {
  if (handles.length === 0) return [];
  const rows = await people(transaction)
    .where("person.handle", "in", [...handles])
    .orderBy("person.handle")
    .execute();
  return rows.map(view);
}

/** Makes a person, or says anew who one is. Somebody who left is back with it. */
export async function upsertPerson(
  transaction: Transaction,
  fleet: string,
  { handle, name, roles, contacts }: Pick<PersonView, "handle" | "name" | "roles" | "contacts">,
): Promise<void> {
  const row = { name, roles: [...roles], contacts: JSON.stringify(contacts), left_at: null };
  await transaction
    .withTables<PersonTables>()
    .insertInto("person_people")
    .values({ fleet_id: fleet, handle, ...row })
    .onConflict((conflict) => conflict.columns(["fleet_id", "handle"]).doUpdateSet(row))
    .execute();
}

/** Says that a person left, and takes them out of their teams. */
export async function updateLeft(transaction: Transaction, handle: string, now: number): Promise<void> {
  const tables = transaction.withTables<PersonTables>();
  await tables.deleteFrom("person_members").where("person", "=", handle).execute();
  await tables
    .updateTable("person_people")
    .set({ left_at: sql`coalesce(left_at, ${utcTimestamp(now)}::timestamptz)` })
    .where("handle", "=", handle)
    .execute();
}
