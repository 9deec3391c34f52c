import { sql } from "kysely";
import { utcTimestamp } from "../../platform/clock/index.ts";
import type { Instant, Made, OptionalInstant, Transaction } from "../../platform/database/index.ts";
import type { Role } from "../../vocabulary/actor.ts";

type TokenTables = {
  token_tokens: {
    fleet_id: string;
    token_id: Made<string>;
    hash: Buffer;
    role: Role;
    agent: string | null;
    label: string;
    created_at: Instant;
    expires_at: OptionalInstant;
    revoked_at: OptionalInstant;
  };
  fleet_fleets: { fleet_id: string; name: string };
  agent_agents: { fleet_id: string; name: string; retired_at: OptionalInstant };
};

export interface TokenRow {
  id: string;
  role: Role;
  agent: string | null;
  label: string;
  created_at: number;
  expires_at: number | null;
  revoked_at: number | null;
}

const COLUMNS = [
  "token_id as id",
  "role",
  "agent",
  "label",
  "created_at",
  "expires_at",
  "revoked_at",
] as const;

export interface NewRow {
  hash: Buffer;
  role: Role;
  agent: string | null;
  label: string;
  now: number;
  /** Milliseconds since 1970; null for one that does not expire. */
  expires: number | null;
}

export function insertToken(transaction: Transaction, fleet: string, row: NewRow): Promise<TokenRow> {
  const { hash, role, agent, label, now, expires } = row;
  return transaction
    .withTables<TokenTables>()
    .insertInto("token_tokens")
    .values({
      fleet_id: fleet,
      hash,
      role,
      agent,
      label,
      created_at: utcTimestamp(now),
      expires_at: expires === null ? null : utcTimestamp(expires),
      revoked_at: null,
    })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
}

/** Newest first, before a time and identifier. */
export function listTokens(
  transaction: Transaction,
  { before, limit }: { before: { at: number; id: string } | null; limit: number },
): Promise<TokenRow[]> {
  let query = transaction.withTables<TokenTables>().selectFrom("token_tokens").select(COLUMNS);
  if (before) {
    query = query.where(
      sql<boolean>`(created_at, token_id) < (${utcTimestamp(before.at)}::timestamptz, ${before.id}::uuid)`,
    );
  }
  return query.orderBy("created_at", "desc").orderBy("token_id", "desc").limit(limit).execute();
}

/** Revokes a token, once; undefined when the fleet has none of this identifier. */
export function updateRevoked(
  transaction: Transaction,
  id: string,
  now: number,
): Promise<TokenRow | undefined> {
  return transaction
    .withTables<TokenTables>()
    .updateTable("token_tokens")
    .set({ revoked_at: sql`coalesce(revoked_at, ${utcTimestamp(now)}::timestamptz)` })
    .where("token_id", "=", id)
    .returning(COLUMNS)
    .executeTakeFirst();
}

/** What a token says of its bearer. Needs a transaction that sees all fleets. */
export interface Bearer extends TokenRow {
  fleet: { id: string; name: string };
  retired: boolean;
}

/** The bearer of a token by its sum. Needs a transaction that sees all fleets. */
export async function findBearer(transaction: Transaction, hash: Buffer): Promise<Bearer | undefined> {
  const row = await transaction
    .withTables<TokenTables>()
    .selectFrom("token_tokens as token")
    .innerJoin("fleet_fleets as fleet", "fleet.fleet_id", "token.fleet_id")
    .leftJoin("agent_agents as agent", (join) =>
      join.onRef("agent.fleet_id", "=", "token.fleet_id").onRef("agent.name", "=", "token.agent"),
    )
    .select([
      "token.token_id as id",
      "token.role",
      "token.agent",
      "token.label",
      "token.created_at",
      "token.expires_at",
      "token.revoked_at",
      "fleet.fleet_id",
      "fleet.name as fleet_name",
      "agent.retired_at",
    ])
    .where("token.hash", "=", hash)
    .executeTakeFirst();
  if (!row) return undefined;
  const { fleet_id, fleet_name, retired_at, ...token } = row;
  return { ...token, fleet: { id: fleet_id, name: fleet_name }, retired: retired_at !== null };
}

/** Is there an admin's token that may still be used? Needs a transaction that sees all fleets. */
export async function hasAdmin(transaction: Transaction, now: number): Promise<boolean> {
  const row = await transaction
    .withTables<TokenTables>()
    .selectFrom("token_tokens")
    .select("token_id")
    .where("role", "=", "admin")
    .where("revoked_at", "is", null)
    .where((where) =>
      where.or([where("expires_at", "is", null), where("expires_at", ">", utcTimestamp(now) as never)]),
    )
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
