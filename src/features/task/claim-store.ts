import { sql } from "kysely";
import type { Transaction } from "../../platform/database/index.ts";
import { changeTask } from "./change-store.ts";
import type { FullTaskRow } from "./task-row.ts";
import { at } from "./task-store.ts";

/** The lease that the agent, else the fleet, has set. */
const leaseOf = (agent: string, fallback: number) => sql`coalesce(
  (select l.lease_seconds from growth_engine.task_agent_leases l where l.fleet_id = t.fleet_id and l.agent = ${agent}),
  (select s.lease_seconds from growth_engine.task_settings s where s.fleet_id = t.fleet_id), ${fallback}::integer)`;

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
