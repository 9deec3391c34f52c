import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Actor } from "../../vocabulary/actor.ts";
import { utcTimestamp } from "../clock/index.ts";
import type { Instant, Transaction } from "../database/index.ts";
import { Refusal } from "../errors/index.ts";

export type AnswersTable = {
  platform_answers: {
    fleet_id: string;
    token: string;
    key: string;
    asked: string;
    status: number;
    body: unknown;
    answered_at: Instant;
  };
};

/** A write that names itself (`Idempotency-Key`). */
export interface NamedWrite {
  actor: Actor;
  key: string;
  /** Everything that was asked: another question under the same name is a mistake. */
  asked: unknown;
}

export interface KeptAnswer {
  status: number;
  body: unknown;
}

const sumOf = (asked: unknown): string => createHash("sha256").update(JSON.stringify(asked)).digest("hex");

/**
 * The answer that this write got before, or null. Whoever asks the same at the same time waits until the first has
 * ended: `pg_advisory_xact_lock` lasts as long as the transaction.
 */
export async function findKeptAnswer(
  transaction: Transaction,
  write: NamedWrite,
): Promise<KeptAnswer | null> {
  const { actor, key } = write;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${actor.fleet.id} ${actor.token} ${key}`}, 0))`.execute(
    transaction,
  );
  const kept = await transaction
    .withTables<AnswersTable>()
    .selectFrom("platform_answers")
    .select(["asked", "status", "body"])
    .where("fleet_id", "=", actor.fleet.id)
    .where("token", "=", actor.token)
    .where("key", "=", key)
    .executeTakeFirst();
  if (kept && kept.asked !== sumOf(write.asked)) {
    throw new Refusal("REFUSED", `the Idempotency-Key ${key} was used for another request`, { exit: 1 });
  }
  return kept ?? null;
}

export async function keepAnswer(
  transaction: Transaction,
  { actor, key, asked }: NamedWrite,
  answer: KeptAnswer,
  now: number,
): Promise<void> {
  await transaction
    .withTables<AnswersTable>()
    .insertInto("platform_answers")
    .values({
      fleet_id: actor.fleet.id,
      token: actor.token,
      key,
      asked: sumOf(asked),
      status: answer.status,
      body: JSON.stringify(answer.body),
      answered_at: utcTimestamp(now),
    })
    .execute();
}
