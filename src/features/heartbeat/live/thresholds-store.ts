import { sql } from "kysely";
import { utcTimestamp } from "../../../platform/clock/index.ts";
import type { Instant, Transaction } from "../../../platform/database/index.ts";
import type { ThresholdRow } from "./rules.ts";

/** The row of the fleet itself. */
export const WHOLE_FLEET = "";

export interface ThresholdsRow extends ThresholdRow {
  agent: string;
  keep_days: number | null;
}

type Tables = {
  heartbeat_thresholds: ThresholdsRow & { fleet_id: string };
  heartbeat_states: {
    fleet_id: string;
    agent: string;
    deadline: Instant | null;
    silent_from: Instant | null;
  };
};

const COLUMNS = ["agent", "interval_s", "late_s", "stale_s", "offline_s", "keep_days"] as const;

/** All rows of the fleet: its own first, then by agent. */
export function listThresholds(transaction: Transaction, fleet: string): Promise<ThresholdsRow[]> {
  return transaction
    .withTables<Tables>()
    .selectFrom("heartbeat_thresholds")
    .select(COLUMNS)
    .where("fleet_id", "=", fleet)
    .orderBy("agent")
    .execute();
}

/** Writes a row, and has everybody whom it is about looked at by the next sweep. */
export async function saveThresholds(
  transaction: Transaction,
  fleet: string,
  { agent, ...row }: ThresholdsRow,
  now: number,
): Promise<void> {
  const tables = transaction.withTables<Tables>();
  await tables
    .insertInto("heartbeat_thresholds")
    .values({ fleet_id: fleet, agent, ...row })
    .onConflict((conflict) => conflict.columns(["fleet_id", "agent"]).doUpdateSet(row))
    .execute();
  await sql`update heartbeat_states set deadline = ${utcTimestamp(now)}::timestamptz
    where fleet_id = ${fleet} and silent_from is not null and (${agent} = '' or agent = ${agent})`.execute(
    transaction,
  );
}
