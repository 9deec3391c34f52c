import { sql } from "kysely";
import { utcTimestamp } from "../../../../platform/clock/index.ts";
import type { Transaction } from "../../../../platform/database/index.ts";

/** What a webhook brought. */
export interface Delivery {
  hook: string;
  delivery: string;
  /** SHA-256 of the body. */
  sum: Buffer;
  event: string;
  action: string | null;
  repository: string | null;
  outcome: "kept" | "older" | "ignored" | "unknown";
  says: string;
}

/** Keeps a delivery; false when it was brought before, by its name or by its bytes. Of several at once one is first. */
export async function insertDelivery(
  transaction: Transaction,
  fleet: string,
  delivery: Delivery,
  now: number,
): Promise<boolean> {
  const { hook, delivery: name, sum, event, action, repository, outcome, says } = delivery;
  const { rows } = await sql`
    insert into forge_deliveries (fleet_id, hook_id, delivery, sum, received_at, event, action, repository, outcome, says)
    values (${fleet}, ${hook}, ${name}, ${sum}, ${utcTimestamp(now)}, ${event}, ${action}, ${repository}, ${outcome}, ${says})
    on conflict do nothing returning 1`.execute(transaction);
  return rows.length === 1;
}

/** Says that a delivery changed nothing, since newer is known. */
export async function updateOlder(
  transaction: Transaction,
  fleet: string,
  hook: string,
  delivery: string,
): Promise<void> {
  await sql`update forge_deliveries set outcome = 'older'
    where fleet_id = ${fleet} and hook_id = ${hook} and delivery = ${delivery}`.execute(transaction);
}

export interface DeliveryFilter {
  hook: string | undefined;
  outcome: string | undefined;
  before: { at: number; delivery: string } | null;
  limit: number;
}

/** Newest first; times are milliseconds since 1970. */
export async function listDeliveries(transaction: Transaction, fleet: string, filter: DeliveryFilter) {
  const { hook, outcome, before, limit } = filter;
  const { rows } = await sql<Omit<Delivery, "sum"> & { received_at: number }>`
    select hook_id as hook, delivery, received_at, event, action, repository, outcome, says from forge_deliveries
    where fleet_id = ${fleet}
      ${hook === undefined ? sql`` : sql`and hook_id = ${hook}`}
      ${outcome === undefined ? sql`` : sql`and outcome = ${outcome}`}
      ${before === null ? sql`` : sql`and (received_at, delivery) < (${utcTimestamp(before.at)}::timestamptz, ${before.delivery})`}
    order by received_at desc, delivery desc limit ${limit}`.execute(transaction);
  return rows;
}

/** How long it is known what was brought. An older one that is sent again finds that newer is known. */
const KEPT = "40 days";

export async function deleteOldDeliveries(transaction: Transaction, now: number): Promise<void> {
  await sql`delete from forge_deliveries where received_at < ${utcTimestamp(now)}::timestamptz - ${KEPT}::interval`.execute(
    transaction,
  );
}
