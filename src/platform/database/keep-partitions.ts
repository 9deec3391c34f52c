import { sql } from "kysely";
import { utcTimestamp } from "../clock/index.ts";
import type { Transaction } from "./transactions.ts";

/** A table that is partitioned by time, and how long its rows are kept. */
export interface PartitionPlan {
  /** Without schema. It has a default partition of the name `<table>_rest`. */
  table: string;
  /** The column of its ranges. */
  column: string;
  unit: "day" | "month";
  /** How many are made ahead: a server may stand still for as long and still find the next. */
  ahead: number;
  keepDays: number;
}

const DAY_MS = 86_400_000;
const DATE = "2026-01-31".length;

const dateOf = (instant: number): string => utcTimestamp(instant).slice(0, DATE);

/** The first day of the unit that lies `steps` after the one of this instant. */
function firstDay(unit: PartitionPlan["unit"], now: number, steps: number): string {
  if (unit === "day") return dateOf(now + steps * DAY_MS);
  const [year = 0, month = 1] = utcTimestamp(now).split("-").map(Number);
  const months = year * 12 + (month - 1) + steps;
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, "0")}-01`;
}

const nameOf = (table: string, day: string): string => `${table}_${day.replaceAll("-", "")}`;

/**
 * Makes the coming partitions. The present one is not made: its rows may lie in the rest already, and one that is
 * written meanwhile would be refused. A range of which the rest holds rows stays there.
 */
async function makeAhead(transaction: Transaction, plan: PartitionPlan, now: number): Promise<void> {
  const { table, column, unit } = plan;
  for (let steps = 1; steps <= plan.ahead; steps += 1) {
    const [from, to] = [firstDay(unit, now, steps), firstDay(unit, now, steps + 1)];
    const held = await sql`select from ${sql.table(`${table}_rest`)}
      where ${sql.ref(column)} >= ${from}::date and ${sql.ref(column)} < ${to}::date limit 1`.execute(
      transaction,
    );
    if (held.rows.length > 0) continue;
    await sql`create table if not exists ${sql.table(nameOf(table, from))} partition of ${sql.table(table)}
      for values from (${sql.lit(from)}) to (${sql.lit(to)})`.execute(transaction);
  }
}

/** Partitions that end before this day. */
async function partitionsBefore(
  transaction: Transaction,
  { table, unit }: PartitionPlan,
  day: string,
): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select child.relname as name from pg_inherits join pg_class as child on child.oid = inhrelid
    where inhparent = ${table}::regclass and child.relname ~ ${`^${table}_\\d{8}$`}
      and to_date(right(child.relname, 8), 'YYYYMMDD') + ${sql.lit(`1 ${unit}`)}::interval <= ${day}::date`.execute(
    transaction,
  );
  return rows.map(({ name }) => name);
}

/** Makes partitions ahead, and drops what is older than it is kept. */
export async function keepPartitions(
  transaction: Transaction,
  plan: PartitionPlan,
  now: number,
): Promise<void> {
  await makeAhead(transaction, plan, now);
  const first = dateOf(now - plan.keepDays * DAY_MS);
  for (const name of await partitionsBefore(transaction, plan, first))
    await sql`drop table ${sql.table(name)}`.execute(transaction);
  await sql`delete from ${sql.table(`${plan.table}_rest`)} where ${sql.ref(plan.column)} < ${first}::date`.execute(
    transaction,
  );
}
