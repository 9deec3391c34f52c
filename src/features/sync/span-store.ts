import { sql } from "kysely";
import type { Transaction } from "../../platform/database/index.ts";
import { splitSums } from "./sums.ts";

/** Sums of the lines of a file, from a line on. */
export interface Span {
  place: string;
  from_line: number;
  sums: readonly string[];
}

/** Adds what a checkout's files go on with. */
export async function addSpans(
  transaction: Transaction,
  fleet: string,
  checkout: string,
  spans: readonly Span[],
): Promise<void> {
  const filled = spans.filter(({ sums }) => sums.length > 0);
  if (filled.length === 0) return;
  const rows = filled.map(({ sums, ...span }) => ({ ...span, sums: `\\x${sums.join("")}` }));
  await sql`insert into sync_spans (fleet_id, place, checkout, from_line, sums)
    select ${fleet}::uuid, place, ${checkout}, from_line, sums
    from json_to_recordset(${JSON.stringify(rows)}::json) as row(place uuid, from_line integer, sums bytea)`.execute(
    transaction,
  );
}

/** The sums of a checkout's file, in order, by checkout. */
export async function readSums(
  transaction: Transaction,
  fleet: string,
  place: string,
  checkout: string | null,
): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ checkout: string; sums: Buffer }>`
    select checkout, sums from sync_spans where fleet_id = ${fleet} and place = ${place}::uuid
      and (${checkout}::text is null or checkout = ${checkout})
    order by checkout, from_line`.execute(transaction);
  const files = new Map<string, string[]>();
  for (const row of rows) {
    const known = files.get(row.checkout) ?? [];
    for (const sum of splitSums(row.sums)) known.push(sum);
    files.set(row.checkout, known);
  }
  return files;
}

/** Puts the lines that a checkout's file keeps in the place of all that were known of it. */
export async function replaceSums(
  transaction: Transaction,
  fleet: string,
  place: string,
  checkout: string,
  sums: readonly string[],
): Promise<void> {
  await sql`delete from sync_spans where fleet_id = ${fleet} and place = ${place}::uuid and checkout = ${checkout}`.execute(
    transaction,
  );
  await addSpans(transaction, fleet, checkout, [{ place, from_line: 1, sums }]);
}
