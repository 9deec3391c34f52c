import { utcTimestamp } from "../../platform/clock/index.ts";
import type { Instant, Made, Transaction } from "../../platform/database/index.ts";
import type { AuditEntry } from "../../platform/server/index.ts";

type AuditTables = {
  audit_entries: Omit<AuditEntry, "fleet" | "at"> & { fleet_id: string; entry: Made<number>; at: Instant };
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

/** Newest first. */
export function listEntries(transaction: Transaction, { actor, action, before, limit }: EntryFilter) {
  let query = transaction
    .withTables<AuditTables>()
    .selectFrom("audit_entries")
    .select(["entry", "at", "actor", "action", "target", "result", "address"])
    .orderBy("entry", "desc")
    .limit(limit);
  if (actor !== undefined) query = query.where("actor", "=", actor);
  if (action !== undefined) query = query.where("action", "=", action);
  if (before !== null) query = query.where("entry", "<", before);
  return query.execute();
}
