import { utcTimestamp } from "../../platform/clock/index.ts";
import { type Instant, keepPartitions, type Made, type Transaction } from "../../platform/database/index.ts";
import type { AuditEntry } from "../../platform/server/index.ts";

type AuditTables = {
  audit_entries: Omit<AuditEntry, "fleet" | "at"> & { fleet_id: string; entry: Made<number>; at: Instant };
  fleet_fleets: { fleet_id: string; name: string };
};

export async function insertEntry(transaction: Transaction, entry: AuditEntry): Promise<void> {
  const { fleet, at, ...rest } = entry;
  await transaction
    .withTables<AuditTables>()
    .insertInto("audit_entries")
    .values({ ...rest, fleet_id: fleet, at: utcTimestamp(at) })
    .execute();
}

export interface EntryFilter {
  actor: string | undefined;
  action: string | undefined;
  /** Entries before this one only. */
  before: number | null;
  limit: number;
}

function entries(transaction: Transaction, { actor, action, before, limit }: EntryFilter) {
  let query = transaction
    .withTables<AuditTables>()
    .selectFrom("audit_entries as entry")
    .select([
      "entry.entry",
      "entry.at",
      "entry.actor",
      "entry.action",
      "entry.target",
      "entry.result",
      "entry.address",
    ])
    .orderBy("entry.entry", "desc")
    .limit(limit);
  if (actor !== undefined) query = query.where("entry.actor", "=", actor);
  if (action !== undefined) query = query.where("entry.action", "=", action);
  return before === null ? query : query.where("entry.entry", "<", before);
}

/** The entries of the transaction's fleet, newest first. */
export function listEntries(transaction: Transaction, filter: EntryFilter) {
  return entries(transaction, filter).execute();
}

/** Those of all fleets and of nobody's. Needs a transaction that sees all fleets. */
export function listServerEntries(transaction: Transaction, filter: EntryFilter) {
  return entries(transaction, filter)
    .leftJoin("fleet_fleets as fleet", "fleet.fleet_id", "entry.fleet_id")
    .select("fleet.name as fleet")
    .execute();
}

/** A year and the weeks that an audit of it takes. */
const KEEP_DAYS = 400;

/** Makes the partitions of the coming months, and drops entries that are older than they are kept. */
export function keepEntries(transaction: Transaction, now: number): Promise<void> {
  const plan = {
    table: "audit_entries",
    column: "at",
    unit: "month" as const,
    ahead: 2,
    keepDays: KEEP_DAYS,
  };
  return keepPartitions(transaction, plan, now);
}
