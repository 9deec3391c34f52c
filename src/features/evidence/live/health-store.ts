import { sql } from "kysely";
import { utcTimestamp } from "../../../platform/clock/index.ts";
import type { Transaction } from "../../../platform/database/index.ts";

/** Lines that were brought since then, and when the newest was, in milliseconds since 1970. */
export async function countBrought(
  transaction: Transaction,
  since: number,
): Promise<{ lines: number; newest: number | null }> {
  const { rows } = await sql<{ lines: number; newest: number | null }>`
    select count(*)::integer as lines, max(brought_at) as newest from growth_engine.evidence_lines
    where at >= ${utcTimestamp(since)}::timestamptz`.execute(transaction);
  return rows[0] ?? { lines: 0, newest: null };
}
