import { sql } from "kysely";
import type { Transaction } from "../../platform/database/index.ts";
import { storable } from "../../vocabulary/storable.ts";
import type { BrokenLine } from "./contract.ts";
import type { CheckoutName } from "./state-store.ts";

/** Of one file, as many as a person looks at. */
const MAX_KEPT = 100;
const MAX_MESSAGE = 500;

/** Remembers broken lines of a checkout's file. */
export async function addBroken(
  transaction: Transaction,
  { fleet, repository, checkout }: CheckoutName,
  place: string,
  broken: readonly BrokenLine[],
): Promise<void> {
  if (broken.length === 0) return;
  const first = new Map(broken.map((line) => [line.line, line]));
  const rows = [...first.values()]
    .slice(0, MAX_KEPT)
    .map(({ message, ...line }) => ({ ...line, message: storable(message, MAX_MESSAGE) }));
  await sql`insert into sync_broken (fleet_id, repository, checkout, place, line, file, at_column, rule, message)
    select ${fleet}::uuid, ${repository}, ${checkout}, ${place}::uuid, line, file, "column", rule, message
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as row(line integer, file text, "column" integer, rule text, message text)
    on conflict do nothing`.execute(transaction);
}

/** Forgets those behind a line, which are not what they were any more. */
export async function forgetBroken(
  transaction: Transaction,
  { fleet, repository, checkout }: CheckoutName,
  place: string,
  line: number,
): Promise<void> {
  await sql`delete from sync_broken where fleet_id = ${fleet} and repository = ${repository}
    and checkout = ${checkout} and place = ${place}::uuid and line > ${line}`.execute(transaction);
}

/** Broken lines by repository, checkout, file and line. */
export async function listBroken(
  transaction: Transaction,
  fleet: string,
  { repository, after, limit }: { repository: string | undefined; after: string | null; limit: number },
): Promise<(BrokenLine & { repository: string; checkout: string; place: string })[]> {
  const position = after ?? '["","","00000000-0000-0000-0000-000000000000",0]';
  const [inRepository, inCheckout, place, line] = JSON.parse(position) as [string, string, string, number];
  const { rows } = await sql<BrokenLine & { repository: string; checkout: string; place: string }>`
    select repository, checkout, place, file, line, at_column as "column", rule, message from sync_broken
    where fleet_id = ${fleet} and (${repository ?? null}::text is null or repository = ${repository ?? null})
      and (repository, checkout, place, line) > (${inRepository}, ${inCheckout}, ${place}::uuid, ${line}::integer)
    order by repository, checkout, place, line limit ${limit}`.execute(transaction);
  return rows;
}
