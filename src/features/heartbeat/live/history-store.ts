import { sql } from "kysely";
import { utcTimestamp } from "../../../platform/clock/index.ts";
import type { Transaction } from "../../../platform/database/index.ts";

const DAY_MS = 86_400_000;
const DATE = "2026-01-31".length;
/** Days made ahead: a server may stand still for a week and still find tomorrow's partition. */
const AHEAD = 7;
/** How long beats are kept where no fleet says more: a month to test thresholds on, three times over. */
export const KEEP_DAYS = 90;
const PREFIX = "heartbeat_beats_";

const dayOf = (instant: number): string => utcTimestamp(instant).slice(0, DATE);
const nameOf = (day: string): string => `${PREFIX}${day.replaceAll("-", "")}`;

/**
 * Makes the partitions of the coming days. Today's is not made: beats of today may lie in the rest already, and one
 * that is written meanwhile would be refused. A day of which the rest holds beats stays there.
 */
async function makeAhead(transaction: Transaction, now: number): Promise<void> {
  for (let ahead = 1; ahead <= AHEAD; ahead += 1) {
    const day = dayOf(now + ahead * DAY_MS);
    const held = await sql`select from heartbeat_beats_rest where day = ${day}::date limit 1`.execute(
      transaction,
    );
    if (held.rows.length > 0) continue;
    const next = dayOf(now + (ahead + 1) * DAY_MS);
    await sql`create table if not exists ${sql.table(nameOf(day))} partition of heartbeat_beats
      for values from (${sql.lit(day)}) to (${sql.lit(next)})`.execute(transaction);
  }
}

async function partitionsBefore(transaction: Transaction, first: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select child.relname as name from pg_inherits
    join pg_class as child on child.oid = inhrelid
    where inhparent = 'heartbeat_beats'::regclass and child.relname ~ ${`^${PREFIX}\\d{8}$`}
      and child.relname < ${nameOf(first)}`.execute(transaction);
  return rows.map(({ name }) => name);
}

/** Days to keep: the most that any fleet asks for, since a partition holds the beats of all. */
async function longestRetention(transaction: Transaction): Promise<number> {
  const { rows } = await sql<{ days: number }>`
    select coalesce(max(coalesce(own.keep_days, ${KEEP_DAYS}::integer)), ${KEEP_DAYS}::integer) as days
    from fleet_fleets as fleet
    left join heartbeat_thresholds as own on (own.fleet_id, own.agent) = (fleet.fleet_id, '')`.execute(
    transaction,
  );
  return rows[0]?.days ?? KEEP_DAYS;
}

async function dropOld(transaction: Transaction, now: number): Promise<void> {
  const first = dayOf(now - (await longestRetention(transaction)) * DAY_MS);
  for (const name of await partitionsBefore(transaction, first))
    await sql`drop table ${sql.table(name)}`.execute(transaction);
  await sql`delete from heartbeat_beats_rest where day < ${first}::date`.execute(transaction);
  await sql`delete from heartbeat_pauses where to_at < ${first}::date`.execute(transaction);
  await sql`delete from heartbeat_changes where at < ${first}::date`.execute(transaction);
}

/** Makes partitions ahead, and drops what nobody keeps any more. */
export async function keepHistory(transaction: Transaction, now: number): Promise<void> {
  await makeAhead(transaction, now);
  await dropOld(transaction, now);
}
