import { sql } from "kysely";
import type { Transaction } from "../../platform/database/index.ts";
import type { TaskState } from "../../vocabulary/task.ts";
import { at } from "./task-store.ts";

/** A claim as somebody else remembers it. */
export interface RememberedClaim {
  /** UUID. */
  fleet: string;
  task: string;
  agent: string;
  fence: number;
}

/** Which of these claims still hold, in their order. Needs a transaction that sees all these fleets. */
export async function claimsHold(
  transaction: Transaction,
  claims: readonly RememberedClaim[],
  now: number,
): Promise<boolean[]> {
  if (claims.length === 0) return [];
  const column = <K extends keyof RememberedClaim>(key: K) => claims.map((claim) => claim[key]);
  const { rows } = await sql<{ holds: boolean }>`
    select t.id is not null as holds
    from unnest(${column("fleet")}::uuid[], ${column("task")}::text[], ${column("agent")}::text[],
      ${column("fence")}::bigint[]) with ordinality as g(fleet_id, id, agent, fence, place)
    left join growth_engine.task_tasks t on t.fleet_id = g.fleet_id and t.id = g.id and t.holder = g.agent
      and t.fence = g.fence and (t.lease_until is null or t.lease_until > ${at(now)})
    order by g.place`.execute(transaction);
  return rows.map(({ holds }) => holds);
}

/** What a held task may touch. */
export interface HeldTask {
  id: string;
  title: string;
  state: TaskState;
  holder: string;
  paths: string[];
  /** Milliseconds since 1970. */
  started_at: number;
}

const MOST = 5_000;

/** Tasks of the fleet that somebody holds and that name paths, the longest held first. */
export async function listHeldTasks(
  transaction: Transaction,
  fleet: string,
  now: number,
): Promise<HeldTask[]> {
  const { rows } = await sql<HeldTask>`
    select t.id, d.title, t.state, t.holder, d.paths, coalesce(t.started_at, t.created_at) as started_at
    from growth_engine.task_tasks t
    join growth_engine.task_descriptions d on d.fleet_id = t.fleet_id and d.id = t.id
    where t.fleet_id = ${fleet} and t.holder is not null and (t.lease_until is null or t.lease_until > ${at(now)})
      and d.paths <> '[]'::jsonb
    order by started_at, t.id limit ${MOST}`.execute(transaction);
  return rows;
}

/** A task that waits for another, and who is to do that one. */
export interface Need {
  task: string;
  needs: string;
  /** Who holds the task that is needed, else the only one who may claim it; null: anybody may. */
  agent: string | null;
}

const MOST_NEEDS = 10_000;

/** The unfinished tasks that these wait for, and what those wait for in turn. */
export async function listNeeds(
  transaction: Transaction,
  fleet: string,
  tasks: readonly string[],
): Promise<Need[]> {
  if (tasks.length === 0) return [];
  const { rows } = await sql<Need>`
    with recursive reached(id) as (
      select unnest(${tasks}::text[]) collate "C"
      union
      select e.needs from reached r
      join growth_engine.task_dependencies e on e.fleet_id = ${fleet} and e.task = r.id
      join growth_engine.task_tasks n on n.fleet_id = ${fleet} and n.id = e.needs and n.ended_at is null
    )
    select e.task, e.needs, coalesce(n.holder, n.assignee) as agent from reached r
    join growth_engine.task_dependencies e on e.fleet_id = ${fleet} and e.task = r.id
    join growth_engine.task_tasks n on n.fleet_id = ${fleet} and n.id = e.needs and n.ended_at is null
    order by e.task, e.needs limit ${MOST_NEEDS}`.execute(transaction);
  return rows;
}
