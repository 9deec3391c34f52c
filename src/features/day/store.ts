import { sql } from "kysely";
import { utcTimestamp } from "../../platform/clock/index.ts";
import type { Instant, Made, Transaction } from "../../platform/database/index.ts";
import type { Box, StartView } from "./contract.ts";

type DayTables = {
  day_starts: {
    fleet_id: string;
    start: Made<number>;
    at: Instant;
    by: string;
    checklist: Box[];
    asked: number;
  };
};

const COLUMNS = ["start", "at", "by", "checklist", "asked"] as const;
type Row = Omit<StartView, "at"> & { at: number };
const view = (row: Row): StartView => ({ ...row, at: utcTimestamp(row.at) });
const starts = (transaction: Transaction) => transaction.withTables<DayTables>();

/** The newest start before then. */
export async function findStart(transaction: Transaction, before: number): Promise<StartView | null> {
  const row = await starts(transaction)
    .selectFrom("day_starts")
    .select(COLUMNS)
    .where("at", "<=", sql<number>`${utcTimestamp(before)}::timestamptz`)
    .orderBy("at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ? view(row) : null;
}

export async function insertStart(
  transaction: Transaction,
  {
    fleet,
    by,
    checklist,
    asked,
    now,
  }: { fleet: string; by: string; checklist: Box[]; asked: number; now: number },
): Promise<StartView> {
  const row = await starts(transaction)
    .insertInto("day_starts")
    .values({
      fleet_id: fleet,
      at: utcTimestamp(now),
      by,
      checklist: sql<Box[]>`${JSON.stringify(checklist)}::jsonb`,
      asked,
    })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
  return view(row);
}

/** Newest first, before a start. */
export async function listStarts(
  transaction: Transaction,
  { before, limit }: { before: number | null; limit: number },
): Promise<StartView[]> {
  let query = starts(transaction)
    .selectFrom("day_starts")
    .select(COLUMNS)
    .orderBy("start", "desc")
    .limit(limit);
  if (before !== null) query = query.where("start", "<", before);
  return (await query.execute()).map(view);
}
