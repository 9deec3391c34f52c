import { sql } from "kysely";
import { utcTimestamp } from "../../../platform/clock/index.ts";
import type { Transaction } from "../../../platform/database/index.ts";

/** Verdicts published since then, those that could not tell among them, and when the newest was (milliseconds since 1970). */
export async function countVerdicts(transaction: Transaction, since: number) {
  const { rows } = await sql<{ verdicts: number; errors: number; newest: number | null }>`
    select count(*)::integer as verdicts, (count(*) filter (where verdict = 'error'))::integer as errors,
      max(published_at) as newest
    from growth_engine.guard_verdicts where published_at >= ${utcTimestamp(since)}::timestamptz`.execute(
    transaction,
  );
  return rows[0] ?? { verdicts: 0, errors: 0, newest: null };
}
