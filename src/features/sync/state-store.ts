import { CompiledQuery, sql } from "kysely";
import type { Transaction } from "../../platform/database/index.ts";
import type { SyncedFile } from "./contract.ts";

/** Whose file. */
export interface CheckoutName {
  fleet: string;
  repository: string;
  checkout: string;
}

/** A step of a file: what it stands on, and where it leads. Sums are hexadecimal. */
export interface Step {
  place: string;
  file: string;
  after: { lines: number; sum: string };
  to: { bytes: number; lines: number; sum: string; stamp: string };
}

/** A file's row moves only from where the step stands, so that of two at once one is told that it came late. */
const STEP = `
insert into sync_files as old (fleet_id, repository, checkout, place, file, bytes, lines, sum, stamp, before_lines,
  before_sum, taken_at)
select $2::uuid, $3, $4, place, file, bytes, lines, sum, stamp, before_lines, before_sum, $5::timestamptz
from json_to_recordset($1::json) as row(place uuid, file text, bytes bigint, lines integer, sum bytea, stamp text,
  before_lines integer, before_sum bytea)
where before_lines = 0 or exists (
  select from sync_files as here where (here.fleet_id, here.repository, here.checkout, here.place)
    = ($2::uuid, $3, $4, row.place))
order by place
on conflict (fleet_id, repository, checkout, place) do update set
  bytes = excluded.bytes, lines = excluded.lines, sum = excluded.sum, stamp = excluded.stamp,
  before_lines = excluded.before_lines, before_sum = excluded.before_sum, taken_at = excluded.taken_at
where (old.lines, old.sum) = (excluded.before_lines, excluded.before_sum)
returning place`;

/** Takes steps. @returns places of those that were taken; the others stand on what is not here any more */
export async function takeSteps(
  transaction: Transaction,
  { fleet, repository, checkout }: CheckoutName,
  steps: readonly Step[],
  at: string,
): Promise<Set<string>> {
  const rows = steps.map(({ place, file, after, to }) => ({
    ...to,
    place,
    file,
    sum: `\\x${to.sum}`,
    before_lines: after.lines,
    before_sum: `\\x${after.sum}`,
  }));
  const values = [JSON.stringify(rows), fleet, repository, checkout, at];
  const query = CompiledQuery.raw(STEP, values) as CompiledQuery<{ place: string }>;
  const answer = await transaction.executeQuery<{ place: string }>(query);
  return new Set(answer.rows.map(({ place }) => place));
}

/**
 * Until the end of the transaction nobody gives up lines of this repository while somebody brings some, so that a line
 * which one checkout loses and another brings at the same moment is not given up.
 */
export async function holdRepository(
  transaction: Transaction,
  { fleet, repository }: CheckoutName,
  what: "bring" | "give up",
): Promise<void> {
  const name = JSON.stringify(["sync", fleet, repository]);
  await (what === "bring"
    ? sql`select pg_advisory_xact_lock_shared(hashtextextended(${name}, 0))`.execute(transaction)
    : sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(transaction));
}

/** Takes a file out of what is here of a checkout. */
export async function removeFile(
  transaction: Transaction,
  { fleet, repository, checkout }: CheckoutName,
  place: string,
): Promise<void> {
  await sql`delete from sync_files where fleet_id = ${fleet} and repository = ${repository}
    and checkout = ${checkout} and place = ${place}::uuid`.execute(transaction);
}

/** Files of a checkout by place, after one; only one file where it is named. */
export async function listFiles(
  transaction: Transaction,
  { fleet, repository, checkout }: CheckoutName,
  { after, limit, place }: { after: string | null; limit: number; place: string | null },
): Promise<(SyncedFile & { place: string })[]> {
  const { rows } = await sql<SyncedFile & { place: string }>`
    select place, file, bytes, lines, encode(sum, 'hex') as sum, stamp from sync_files
    where fleet_id = ${fleet} and repository = ${repository} and checkout = ${checkout}
      and (${after}::uuid is null or place > ${after}::uuid) and (${place}::uuid is null or place = ${place}::uuid)
    order by place limit ${limit}`.execute(transaction);
  return rows;
}
