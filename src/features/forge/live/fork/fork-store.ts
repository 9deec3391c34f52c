import { sql } from "kysely";
import { utcTimestamp } from "../../../../platform/clock/index.ts";
import type { Transaction } from "../../../../platform/database/index.ts";

/** A fork's pull request that is to be read, as the forge told it last. */
export interface DueFork {
  fleet_id: string;
  repository: string;
  pull: number;
  head: string;
  base_ref: string;
  body: string;
  author: string;
  url: string;
  tries: number;
}

/** Longer than reading one may take: another process takes it up when this one is gone. */
const LEASE_MS = 15 * 60_000;

/** Takes one that is due; of several processes each takes another. Needs a transaction that sees all fleets. */
export async function claimFork(transaction: Transaction, now: number): Promise<DueFork | undefined> {
  const { rows } = await sql<DueFork>`
    update forge_pulls set read_due = ${utcTimestamp(now + LEASE_MS)}, read_tries = read_tries + 1
    where (fleet_id, repository, pull) = (
      select fleet_id, repository, pull from forge_pulls where read_due <= ${utcTimestamp(now)}::timestamptz
      order by read_due limit 1 for update skip locked)
    returning fleet_id, repository, pull, head, base_ref, body, author, url, read_tries as tries`.execute(
    transaction,
  );
  return rows[0];
}

/** Says how reading ended; one that changed meanwhile is due again at once, one that is to be tried again at `again`. */
export async function updateRead(
  transaction: Transaction,
  fork: DueFork,
  { says, again, now }: { says: string; again: number | null; now: number },
): Promise<void> {
  const { fleet_id, repository, pull, head, base_ref, body } = fork;
  await sql`update forge_pulls set read_says = ${says}, read_due = case
      when state <> 'open' then null
      when (head, base_ref, body) = (${head}, ${base_ref}, ${body})
      then ${again === null ? null : utcTimestamp(again)}::timestamptz
      else ${utcTimestamp(now)}::timestamptz end
    where fleet_id = ${fleet_id} and repository = ${repository} and pull = ${pull}`.execute(transaction);
}
