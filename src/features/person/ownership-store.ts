import type { Transaction } from "../../platform/database/index.ts";
import type { OwnershipView } from "./contract.ts";
import type { PersonTables } from "./tables.ts";

type Ownable = OwnershipView["kind"];

interface Row {
  kind: string;
  target: string;
  person: string | null;
  team: string | null;
}

function view({ kind, target, person, team }: Row): OwnershipView {
  return { kind: kind as Ownable, target, owner: person === null ? `team:${team}` : `person:${person}` };
}

function ownerColumns(owner: string): { person: string | null; team: string | null } {
  const [kind, handle = ""] = owner.split(":");
  return kind === "person" ? { person: handle, team: null } : { person: null, team: handle };
}

const COLUMNS = ["kind", "target", "person", "team"] as const;

/** Says who owns something. The owner must exist. */
export async function upsertOwnership(
  transaction: Transaction,
  fleet: string,
  { kind, target, owner }: OwnershipView,
): Promise<OwnershipView> {
  const columns = ownerColumns(owner);
  const row = await transaction
    .withTables<PersonTables>()
    .insertInto("person_ownerships")
    .values({ fleet_id: fleet, kind, target, ...columns })
    .onConflict((conflict) => conflict.columns(["fleet_id", "kind", "target"]).doUpdateSet(columns))
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
  return view(row);
}

/** Undefined when nobody owned it. */
export async function deleteOwnership(
  transaction: Transaction,
  { kind, target }: Pick<OwnershipView, "kind" | "target">,
): Promise<OwnershipView | undefined> {
  const row = await transaction
    .withTables<PersonTables>()
    .deleteFrom("person_ownerships")
    .where("kind", "=", kind)
    .where("target", "=", target)
    .returning(COLUMNS)
    .executeTakeFirst();
  return row && view(row);
}

export async function listOwnerships(
  transaction: Transaction,
  { kind, owner }: { kind: Ownable | undefined; owner: string | undefined },
): Promise<OwnershipView[]> {
  let query = transaction.withTables<PersonTables>().selectFrom("person_ownerships").select(COLUMNS);
  if (kind !== undefined) query = query.where("kind", "=", kind);
  if (owner !== undefined) {
    const { person, team } = ownerColumns(owner);
    query = person === null ? query.where("team", "=", team) : query.where("person", "=", person);
  }
  return (await query.orderBy("kind").orderBy("target").execute()).map(view);
}
