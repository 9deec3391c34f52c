import { sql } from "kysely";
import { utcTimestamp } from "../../../platform/clock/index.ts";
import type { Transaction } from "../../../platform/database/index.ts";

/** Agent and task of which beats have shown progress since then, each pair as `agent task`. */
export async function progressedSince(transaction: Transaction, since: number): Promise<Set<string>> {
  const { rows } = await sql<{ agent: string; task: string }>`
    select agent, task from growth_engine.heartbeat_states
    where task is not null and progressing_at >= ${utcTimestamp(since)}::timestamptz`.execute(transaction);
  return new Set(rows.map(({ agent, task }) => JSON.stringify([agent, task])));
}
