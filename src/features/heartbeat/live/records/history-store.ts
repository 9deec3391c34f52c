import { keepPartitions, type PartitionPlan, type Transaction } from "../../../../platform/database/index.ts";
import { KEEP_RECORDS_DAYS } from "../../../../vocabulary/keep-records-days.ts";

const PLAN: PartitionPlan = {
  table: "heartbeat_records",
  column: "day",
  unit: "month",
  ahead: 2,
  keepDays: KEEP_RECORDS_DAYS,
};

/** Makes the coming partitions, and drops lines that are older than they are kept. */
export async function keepHistory(transaction: Transaction, now: number): Promise<void> {
  await keepPartitions(transaction, PLAN, now);
}
