import { sql } from "kysely";
import { utcTimestamp } from "../../../../platform/clock/index.ts";
import type { Transaction } from "../../../../platform/database/index.ts";

/** A hook as it is listed; times are milliseconds since 1970. */
export interface HookRow {
  id: string;
  forge: "github" | "gitlab";
  repository: string | null;
  forge_name: string | null;
  created_at: number;
  removed_at: number | null;
  old_until: number | null;
}

const COLUMNS = sql`hook_id as id, forge, repository, forge_name, created_at, removed_at, old_until`;

export async function insertHook(
  transaction: Transaction,
  fleet: string,
  hook: Pick<HookRow, "forge" | "repository" | "forge_name"> & { secret: string },
  now: number,
): Promise<HookRow> {
  const { forge, repository, forge_name, secret } = hook;
  const { rows } = await sql<HookRow>`
    insert into forge_hooks (fleet_id, forge, repository, forge_name, secret, created_at)
    values (${fleet}, ${forge}, ${repository}, ${forge_name}, ${secret}, ${utcTimestamp(now)})
    returning ${COLUMNS}`.execute(transaction);
  return rows[0] as HookRow;
}

export async function findHook(
  transaction: Transaction,
  fleet: string,
  id: string,
): Promise<HookRow | undefined> {
  const { rows } = await sql<HookRow>`
    select ${COLUMNS} from forge_hooks where fleet_id = ${fleet} and hook_id = ${id}`.execute(transaction);
  return rows[0];
}

const LOOKED_BACK = "30 days";

/** With what each brought lately. */
export async function listHooks(transaction: Transaction, fleet: string, now: number) {
  const { rows } = await sql<HookRow & { last_at: number | null; deliveries: number; unknown: number }>`
    select ${COLUMNS}, d.last_at, coalesce(d.deliveries, 0)::int as deliveries, coalesce(d.unknown, 0)::int as unknown
    from forge_hooks as h left join lateral (
      select max(received_at) as last_at, count(*) as deliveries, count(*) filter (where outcome = 'unknown') as unknown
      from forge_deliveries as d where (d.fleet_id, d.hook_id) = (h.fleet_id, h.hook_id)
        and d.received_at > ${utcTimestamp(now)}::timestamptz - ${LOOKED_BACK}::interval
    ) as d on true
    where h.fleet_id = ${fleet} order by h.created_at, h.hook_id`.execute(transaction);
  return rows;
}

/** Gives a hook another secret; undefined when there is none that takes events. Needs a transaction that sees all fleets. */
export async function updateSecret(
  transaction: Transaction,
  fleet: string,
  id: string,
  { secret, oldUntil }: { secret: string; oldUntil: number },
): Promise<HookRow | undefined> {
  const { rows } = await sql<HookRow>`
    update forge_hooks set old_secret = secret, old_until = ${utcTimestamp(oldUntil)}, secret = ${secret}
    where fleet_id = ${fleet} and hook_id = ${id} and removed_at is null returning ${COLUMNS}`.execute(
    transaction,
  );
  return rows[0];
}

export async function updateRemoved(
  transaction: Transaction,
  fleet: string,
  id: string,
  now: number,
): Promise<HookRow | undefined> {
  const { rows } = await sql<HookRow>`
    update forge_hooks set removed_at = coalesce(removed_at, ${utcTimestamp(now)})
    where fleet_id = ${fleet} and hook_id = ${id} returning ${COLUMNS}`.execute(transaction);
  return rows[0];
}

/** A hook that takes events, with the secrets that are good now. */
export interface OpenHook {
  id: string;
  forge: HookRow["forge"];
  secrets: string[];
  fleet: { id: string; name: string };
}

/** Needs a transaction that sees all fleets. */
export async function findOpenHook(
  transaction: Transaction,
  id: string,
  now: number,
): Promise<OpenHook | undefined> {
  const { rows } = await sql<Omit<OpenHook, "fleet"> & { fleet_id: string; fleet_name: string }>`
    select h.hook_id as id, h.forge, h.fleet_id, f.name as fleet_name,
      array_remove(array[h.secret, case when h.old_until > ${utcTimestamp(now)}::timestamptz then h.old_secret end], null)
        as secrets
    from forge_hooks as h join fleet_fleets as f using (fleet_id)
    where h.hook_id = ${id} and h.removed_at is null`.execute(transaction);
  const row = rows[0];
  if (!row) return undefined;
  const { fleet_id, fleet_name, ...hook } = row;
  return { ...hook, fleet: { id: fleet_id, name: fleet_name } };
}
