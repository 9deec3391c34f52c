import { sql } from "kysely";
import type { Transaction } from "../../platform/database/index.ts";
import { at } from "./task-store.ts";

/** As many of a kind as a person reads; beyond them there is a number. */
const SHOWN = 20;

/** A blocked task that matters now: urgent itself, or with others behind it. Times are milliseconds since 1970. */
export interface Blocker {
  task: string;
  title: string;
  priority: number;
  holder: string | null;
  type: string | null;
  reason: string | null;
  since: number;
  /** Open tasks that wait for it, also through others. */
  holds_up: number;
}

/** A task that waits for others. */
export interface Waiting {
  task: string;
  priority: number;
  needs: string[];
  /** Of those, what was cancelled and will never be completed. */
  never: string[];
}

/** A claimed task and when anything last happened to it. */
export interface ActiveTask {
  task: string;
  title: string;
  agent: string;
  last_at: number;
}

export interface TaskSurvey {
  states: Record<string, number>;
  agents: number;
  idle: { count: number; names: string[] };
  blockers: { count: number; items: Blocker[] };
  waiting: { count: number; items: Waiting[] };
  active: ActiveTask[];
}

interface CountsRow {
  states: Record<string, number> | null;
  agents: number;
  idle: string[] | null;
}

async function countAll(transaction: Transaction): Promise<CountsRow | undefined> {
  const { rows } = await sql<CountsRow>`
    select (select jsonb_object_agg(state, tasks) from (
        select state, count(*)::integer as tasks from growth_engine.task_tasks group by state) s) as states,
      count(*)::integer as agents,
      array_agg(a.name order by a.name) filter (where not exists (
        select from growth_engine.task_tasks t where t.fleet_id = a.fleet_id and t.holder = a.name)) as idle
    from growth_engine.agent_agents a where a.retired_at is null`.execute(transaction);
  return rows[0];
}

/** P0 and P1 that are blocked, and whatever blocked task holds others up; the worst first. */
async function findBlockers(transaction: Transaction): Promise<(Blocker & { total: number })[]> {
  const { rows } = await sql<Blocker & { total: number }>`
    with blocked as (
      select t.fleet_id, t.id, t.priority, t.holder, t.updated_at, (
        select count(*) from growth_engine.task_dependencies e
        join growth_engine.task_tasks w on w.fleet_id = e.fleet_id and w.id = e.task and w.ended_at is null
        where e.fleet_id = t.fleet_id and e.needs = t.id) as direct
      from growth_engine.task_tasks t where t.state = 'blocked'
    ), chosen as (
      select *, count(*) over ()::integer as total from blocked where priority <= 1 or direct > 0
      order by priority, direct desc, id limit ${SHOWN}
    )
    select c.id as task, d.title, c.priority, c.holder, d.block->>'type' as type, d.block->>'reason' as reason,
      coalesce((d.block->>'since')::timestamptz, c.updated_at) as since, c.total, (
        with recursive behind(id) as (
          select e.task from growth_engine.task_dependencies e where e.fleet_id = c.fleet_id and e.needs = c.id
          union
          select e.task from behind b join growth_engine.task_dependencies e on e.fleet_id = c.fleet_id and e.needs = b.id
        ) select count(*)::integer from behind b
          join growth_engine.task_tasks w on w.fleet_id = c.fleet_id and w.id = b.id and w.ended_at is null) as holds_up
    from chosen c join growth_engine.task_descriptions d on d.fleet_id = c.fleet_id and d.id = c.id
    order by c.priority, holds_up desc, c.id`.execute(transaction);
  return rows;
}

async function findWaiting(transaction: Transaction): Promise<(Waiting & { total: number })[]> {
  const { rows } = await sql<Waiting & { total: number }>`
    with chosen as (
      select fleet_id, id, priority, created_at, count(*) over ()::integer as total from growth_engine.task_tasks
      where state = 'assigned' and open_dependencies > 0 order by priority, created_at, id limit ${SHOWN}
    )
    select c.id as task, c.priority, c.total,
      array_agg(n.id order by n.id) filter (where n.state <> 'completed') as needs,
      coalesce(array_agg(n.id order by n.id) filter (where n.state = 'cancelled'), '{}') as never
    from chosen c join growth_engine.task_dependencies e on e.fleet_id = c.fleet_id and e.task = c.id
    join growth_engine.task_tasks n on n.fleet_id = e.fleet_id and n.id = e.needs
    group by c.id, c.priority, c.total, c.created_at order by c.priority, c.created_at, c.id`.execute(
    transaction,
  );
  return rows;
}

/** Claimed tasks that were claimed before then and to which nothing has happened since; the longest silent first. */
export async function findUnmoved(transaction: Transaction, since: number): Promise<ActiveTask[]> {
  const { rows } = await sql<ActiveTask>`
    select t.id as task, d.title, t.holder as agent, last.at as last_at
    from growth_engine.task_tasks t
    join growth_engine.task_descriptions d on d.fleet_id = t.fleet_id and d.id = t.id
    join lateral (select e.at from growth_engine.task_events e
      where e.fleet_id = t.fleet_id and e.task = t.id order by e.event desc limit 1) last on true
    where t.state = 'in_progress' and last.at < ${at(since)} order by last.at, t.id`.execute(transaction);
  return rows;
}

/** How the tasks of the transaction's fleet stand, in a few statements. @param since what counts as "still no progress" */
export async function surveyTasks(transaction: Transaction, since: number): Promise<TaskSurvey> {
  const counts = await countAll(transaction);
  const blockers = await findBlockers(transaction);
  const waiting = await findWaiting(transaction);
  const idle = counts?.idle ?? [];
  const without = <T extends { total: number }>(rows: readonly T[]) =>
    rows.map(({ total: _, ...row }) => row);
  return {
    states: counts?.states ?? {},
    agents: counts?.agents ?? 0,
    idle: { count: idle.length, names: idle.slice(0, SHOWN) },
    blockers: { count: blockers[0]?.total ?? 0, items: without(blockers) },
    waiting: { count: waiting[0]?.total ?? 0, items: without(waiting) },
    active: await findUnmoved(transaction, since),
  };
}
