import { sql } from "kysely";
import { utcTimestamp } from "../../platform/clock/index.ts";
import type { Transaction } from "../../platform/database/index.ts";
import type { Checkout, Rewrite } from "./contract.ts";
import type { CheckoutName } from "./state-store.ts";

/** What was checked out at the last sync, and when that was. */
export interface CheckoutRow {
  branch: string | null;
  head: string | null;
  /** Milliseconds since 1970. */
  synced_at: number | null;
}

/** Begins a checkout, or goes on with it. */
export async function openCheckout(
  transaction: Transaction,
  { fleet, repository, checkout }: CheckoutName,
  by: string,
  at: string,
): Promise<CheckoutRow> {
  const { rows } = await sql<CheckoutRow>`
    insert into sync_checkouts (fleet_id, repository, checkout, opened_at, brought_by)
    values (${fleet}, ${repository}, ${checkout}, ${at}, ${by})
    on conflict (fleet_id, repository, checkout) do update set brought_by = excluded.brought_by
    returning branch, head, synced_at`.execute(transaction);
  return rows[0] ?? { branch: null, head: null, synced_at: null };
}

/** Undefined when nobody opened it. */
export async function findCheckout(
  transaction: Transaction,
  { fleet, repository, checkout }: CheckoutName,
): Promise<CheckoutRow | undefined> {
  const { rows } = await sql<CheckoutRow>`select branch, head, synced_at from sync_checkouts
    where fleet_id = ${fleet} and repository = ${repository} and checkout = ${checkout}`.execute(transaction);
  return rows[0];
}

/** Remembers what was checked out when all was brought. @returns whether there is such a checkout */
export async function finishCheckout(
  transaction: Transaction,
  { fleet, repository, checkout }: CheckoutName,
  { branch, head, at }: { branch: string | null; head: string | null; at: string },
): Promise<boolean> {
  const { rows } = await sql`update sync_checkouts
    set branch = ${branch}, head = ${head}, synced_at = ${at}::timestamptz
    where fleet_id = ${fleet} and repository = ${repository} and checkout = ${checkout} returning checkout`.execute(
    transaction,
  );
  return rows.length > 0;
}

export async function listCheckouts(
  transaction: Transaction,
  fleet: string,
  repository: string | undefined,
): Promise<Checkout[]> {
  const { rows } = await sql<Omit<Checkout, "synced_at"> & { synced_at: number | null }>`
    select c.repository, c.checkout, c.branch, c.head, c.synced_at, c.brought_by,
      count(f.place)::integer as files, coalesce(sum(f.lines), 0)::bigint as lines,
      (select count(*)::integer from sync_broken as b
        where (b.fleet_id, b.repository, b.checkout) = (c.fleet_id, c.repository, c.checkout)) as broken
    from sync_checkouts as c left join sync_files as f using (fleet_id, repository, checkout)
    where c.fleet_id = ${fleet} and (${repository ?? null}::text is null or c.repository = ${repository ?? null})
    group by c.fleet_id, c.repository, c.checkout
    order by c.repository, c.checkout`.execute(transaction);
  return rows.map(({ synced_at, ...row }) => ({
    ...row,
    synced_at: synced_at === null ? null : utcTimestamp(synced_at),
  }));
}

/** Remembers a rewrite. */
export async function addRewrite(
  transaction: Transaction,
  { fleet, repository, checkout }: CheckoutName,
  rewrite: Omit<Rewrite, "rewrite" | "repository" | "checkout">,
): Promise<void> {
  const { file, what, from_line, lines_before, lines_after, gone, branch, head } = rewrite;
  await sql`insert into sync_rewrites (fleet_id, repository, checkout, file, what, from_line, lines_before,
      lines_after, sum_before, sum_after, gone, branch, head, found_at, brought_by)
    values (${fleet}, ${repository}, ${checkout}, ${file}, ${what}, ${from_line}, ${lines_before}, ${lines_after},
      decode(${rewrite.sum_before}, 'hex'), decode(${rewrite.sum_after}, 'hex'), ${gone}, ${branch}, ${head},
      ${rewrite.found_at}, ${rewrite.brought_by})`.execute(transaction);
}

/** Newest first, before one. */
export async function listRewrites(
  transaction: Transaction,
  fleet: string,
  { repository, before, limit }: { repository: string | undefined; before: number | null; limit: number },
): Promise<Rewrite[]> {
  const { rows } = await sql<Omit<Rewrite, "found_at"> & { found_at: number }>`
    select rewrite, repository, checkout, file, what, from_line, lines_before, lines_after,
      encode(sum_before, 'hex') as sum_before, encode(sum_after, 'hex') as sum_after, gone, branch, head, found_at,
      brought_by
    from sync_rewrites
    where fleet_id = ${fleet} and (${repository ?? null}::text is null or repository = ${repository ?? null})
      and (${before}::bigint is null or rewrite < ${before}::bigint)
    order by rewrite desc limit ${limit}`.execute(transaction);
  return rows.map((row) => ({ ...row, found_at: utcTimestamp(row.found_at) }));
}
