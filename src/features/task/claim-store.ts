import { type RawBuilder, sql } from "kysely";
import type { Transaction } from "../../platform/database/index.ts";
import { changeTask } from "./change-store.ts";
import type { FullTaskRow } from "./task-row.ts";
import { at } from "./task-store.ts";

/** The lease that the agent, else the fleet, has set. */
const leaseOf = (agent: string, fallback: number) => sql`coalesce(
  (select l.lease_seconds from growth_engine.task_agent_leases l where l.fleet_id = t.fleet_id and l.agent = ${agent}),
  (select s.lease_seconds from growth_engine.task_settings s where s.fleet_id = t.fleet_id), ${fallback}::integer)`;

/** What to do about a row that somebody else holds. */
const PASS_OVER = sql.raw("skip locked");
const WAIT = sql.raw("");

/** Holds the first ready task that an agent may claim: its own, then one of nobody. */
async function lockFirst(
  transaction: Transaction,
  agent: string,
  held: RawBuilder<unknown>,
): Promise<string | null> {
  for (const condition of [sql`assignee = ${agent}`, sql`assignee is null`]) {
    const { rows } = await sql<{ id: string }>`
      select id from growth_engine.task_tasks where ready and ${condition}
      order by priority, created_at, id limit 1 for no key update ${held}`.execute(transaction);
    if (rows[0]) return rows[0].id;
  }
  return null;
}

/**
 * Holds the first ready task that an agent may claim. What others hold is passed over, since they claim it; only when
 * nothing else is left is it waited for, since they may have wanted something else of it.
 */
export async function lockNext(transaction: Transaction, agent: string): Promise<string | null> {
  return (await lockFirst(transaction, agent, PASS_OVER)) ?? lockFirst(transaction, agent, WAIT);
}

/**
 * Takes a ready task: one statement, which the row's lock puts in a line with all others that want it.
 * @param lease seconds, where neither agent nor fleet has set any
 * @returns undefined when it may not
 */
export function updateClaim(
  transaction: Transaction,
  { id, agent, actor, now, lease }: { id: string; agent: string; actor: string; now: number; lease: number },
): Promise<FullTaskRow | undefined> {
  const seconds = leaseOf(agent, lease);
  return changeTask(transaction, {
    id,
    deed: "claim",
    doer: { agent, fence: null },
    actor,
    now,
    when: sql`t.ready and (t.assignee is null or t.assignee = ${agent})`,
    task: {
      holder: sql.val(agent),
      fence: sql`nextval('growth_engine.task_fences')`,
      lease_seconds: seconds,
      lease_until: sql`${at(now)} + make_interval(secs => ${seconds})`,
      started_at: sql`coalesce(t.started_at, ${at(now)})`,
    },
  });
}
