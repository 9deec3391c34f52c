import { sql } from "kysely";
import { utcTimestamp } from "../../../../platform/clock/index.ts";
import type { Transaction } from "../../../../platform/database/index.ts";
import type { TrustView } from "./contract.ts";
import type { Trusted } from "./judge-claims.ts";

/** A trust with the fleet that gave it. */
export interface TrustRow extends Trusted {
  fleet: { id: string; name: string };
  repository: string;
  audience: string;
}

/** A trust as it is listed; times are milliseconds since 1970. */
export type ListedTrust = Omit<TrustView, "created_at"> & { created_at: number };

const COLUMNS = sql`trust_id as id, repository, forge, issuer, audience, forge_name, forge_id, workflow, refs, created_at`;

/** Adds a trust, or gives the one of the same workflow new words. */
export async function upsertTrust(
  transaction: Transaction,
  fleet: string,
  trust: Omit<TrustView, "id" | "created_at">,
  now: number,
): Promise<ListedTrust> {
  const { repository, forge, issuer, audience, forge_name, forge_id, workflow, refs } = trust;
  const { rows } = await sql<ListedTrust>`
    insert into forge_trusts (fleet_id, repository, forge, issuer, audience, forge_name, forge_id, workflow, refs, created_at)
    values (${fleet}, ${repository}, ${forge}, ${issuer}, ${audience}, ${forge_name}, ${forge_id}, ${workflow}, ${refs},
      ${utcTimestamp(now)})
    on conflict (fleet_id, issuer, forge_id, workflow) do update set repository = excluded.repository,
      forge = excluded.forge, audience = excluded.audience, forge_name = excluded.forge_name, refs = excluded.refs
    returning ${COLUMNS}`.execute(transaction);
  return rows[0] as ListedTrust;
}

export async function listTrusts(transaction: Transaction, fleet: string): Promise<ListedTrust[]> {
  const { rows } = await sql<ListedTrust>`
    select ${COLUMNS} from forge_trusts where fleet_id = ${fleet} order by repository, workflow`.execute(
    transaction,
  );
  return rows;
}

/** Ends a trust; undefined when there is none of this identifier. */
export async function deleteTrust(
  transaction: Transaction,
  fleet: string,
  id: string,
): Promise<ListedTrust | undefined> {
  const { rows } = await sql<ListedTrust>`
    delete from forge_trusts where fleet_id = ${fleet} and trust_id = ${id} returning ${COLUMNS}`.execute(
    transaction,
  );
  return rows[0];
}

/** Whoever trusts a repository of an issuer. Needs a transaction that sees all fleets. */
export async function findTrusts(
  transaction: Transaction,
  issuer: string,
  forgeId: string,
): Promise<TrustRow[]> {
  const { rows } = await sql<Omit<TrustRow, "fleet"> & { fleet_id: string; fleet_name: string }>`
    select t.fleet_id, f.name as fleet_name, t.repository, t.audience, t.forge, t.forge_name as "forgeName",
      t.forge_id as "forgeId", t.workflow, t.refs
    from forge_trusts as t join fleet_fleets as f using (fleet_id)
    where t.issuer = ${issuer} and t.forge_id = ${forgeId} order by t.created_at`.execute(transaction);
  return rows.map(({ fleet_id, fleet_name, ...trust }) => ({
    ...trust,
    fleet: { id: fleet_id, name: fleet_name },
  }));
}

/** A token that is being used. */
export interface UsedToken {
  fleet: string;
  issuer: string;
  jti: string;
  /** The call's own name (Idempotency-Key); null for one without. */
  call: string | null;
  /** Milliseconds since 1970. */
  expires: number;
}

/**
 * Marks a token as used; false when it was used before for another call, or for one that had no name. Needs a
 * transaction that sees all fleets.
 */
export async function insertUsedToken(transaction: Transaction, used: UsedToken): Promise<boolean> {
  const { fleet, issuer, jti, call, expires } = used;
  const { rows } = await sql`
    insert into forge_used_tokens as old (fleet_id, issuer, jti, call, expires_at)
    values (${fleet}, ${issuer}, ${jti}, ${call}, ${utcTimestamp(expires)})
    on conflict (fleet_id, issuer, jti) do update set call = excluded.call where old.call = excluded.call
    returning 1`.execute(transaction);
  return rows.length === 1;
}

/** Forgets tokens that have expired. */
export async function deleteUsedTokens(transaction: Transaction, now: number): Promise<void> {
  await sql`delete from forge_used_tokens where expires_at < ${utcTimestamp(now)}::timestamptz`.execute(
    transaction,
  );
}

/** The heads that a pull request had, from a branch of the repository itself or from a fork. Of all pull requests with these branches. */
export async function findHeads(
  transaction: Transaction,
  fleet: string,
  repository: string,
  { pull, headRef, baseRef }: { pull: number | null; headRef: string | null; baseRef: string | null },
): Promise<{ head: string; pull: number; from_fork: boolean }[]> {
  const { rows } = await sql<{ head: string; pull: number; from_fork: boolean }>`
    select h.head, h.pull, p.from_fork from forge_heads as h join forge_pulls as p using (fleet_id, repository, pull)
    where h.fleet_id = ${fleet} and h.repository = ${repository}
      and (${pull}::integer is null or h.pull = ${pull})
      and (${headRef}::text is null or p.head_ref = ${headRef})
      and (${baseRef}::text is null or p.base_ref = ${baseRef})`.execute(transaction);
  return rows;
}
