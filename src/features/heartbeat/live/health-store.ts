import { sql } from "kysely";
import { utcTimestamp } from "../../../platform/clock/index.ts";
import type { Transaction } from "../../../platform/database/index.ts";
import type { LiveState } from "../../../vocabulary/live-state.ts";

const SHOWN = 5;

/** How the agents of the transaction's fleet stand. */
export interface AgentCounts {
  states: Partial<Record<LiveState, number>>;
  /** Whose state should have been judged anew by now and was not. */
  overdue: number;
  /** Silent ones that said they were at a task, by name; the first few. */
  silent: string[];
}

export async function countAgents(transaction: Transaction, now: number): Promise<AgentCounts> {
  const { rows } = await sql<{ state: LiveState; agents: number; overdue: number; silent: string[] | null }>`
    select state, count(*)::integer as agents,
      (count(*) filter (where deadline < ${utcTimestamp(now)}::timestamptz))::integer as overdue,
      (array_agg(agent order by agent) filter (
        where state in ('stale', 'offline') and task is not null and status <> 'done'))[1:${sql.lit(SHOWN)}] as silent
    from growth_engine.heartbeat_states group by state`.execute(transaction);
  return {
    states: Object.fromEntries(rows.map(({ state, agents }) => [state, agents])),
    overdue: rows.reduce((sum, row) => sum + row.overdue, 0),
    silent: rows.flatMap(({ silent }) => silent ?? []).slice(0, SHOWN),
  };
}
