import { sql } from "kysely";
import { utcTimestamp } from "../../../platform/clock/index.ts";
import { keepPartitions, type Transaction } from "../../../platform/database/index.ts";

const DAY_MS = 86_400_000;
/** How long beats are kept where no fleet says otherwise: a month to test thresholds on, three times over. */
const KEEP_DAYS = 90;
/** Days made ahead: a server may stand still for a week and still find tomorrow's partition. */
const BEATS = { table: "heartbeat_beats", column: "day", unit: "day", ahead: 7 } as const;

/** Days to keep: the most that any fleet asks for, since a partition holds the beats of all. */
async function longestRetention(transaction: Transaction): Promise<number> {
  const { rows } = await sql<{ days: number | null }>`
    select max(coalesce(own.keep_days, ${KEEP_DAYS}::integer)) as days
    from fleet_fleets as fleet
    left join heartbeat_thresholds as own on (own.fleet_id, own.agent) = (fleet.fleet_id, '')`.execute(
    transaction,
  );
  return rows[0]?.days ?? KEEP_DAYS;
}

/** Makes partitions ahead, and drops what nobody keeps any more. */
export async function keepHistory(transaction: Transaction, now: number): Promise<void> {
  const keepDays = await longestRetention(transaction);
  await keepPartitions(transaction, { ...BEATS, keepDays }, now);
  const first = utcTimestamp(now - keepDays * DAY_MS);
  await sql`delete from heartbeat_pauses where to_at < ${first}::timestamptz`.execute(transaction);
  await sql`delete from heartbeat_changes where at < ${first}::timestamptz`.execute(transaction);
}
