import { sql } from "kysely";
import type { Transaction } from "../../../platform/database/index.ts";
import { at } from "../task-store.ts";
import type { Edge } from "./find-cycle.ts";

/**
 * Nobody else edits dependencies of this fleet until the transaction ends: two edits at once could each close half of
 * a circle that neither sees.
 */
export async function lockDependencies(transaction: Transaction, fleet: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`task dependencies ${fleet}`}, 0))`.execute(
    transaction,
  );
}

/**
 * Which of these tasks are there; none of them changes its state until the transaction ends. Lock what is waited for
 * before what waits, as completion does, or the two will wait for each other.
 */
export async function lockTasks(transaction: Transaction, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from growth_engine.task_tasks where id = any(${ids}::text[]) order by id for no key update`.execute(
    transaction,
  );
  return new Set(rows.map(({ id }) => id));
}

/** Every dependency that is reached from these tasks, along what they wait for. */
export async function reachableEdges(transaction: Transaction, from: readonly string[]): Promise<Edge[]> {
  const { rows } = await sql<Edge>`
    with recursive reached(id) as (
      select unnest(${from}::text[]) collate "C"
      union
      select e.needs from reached r join growth_engine.task_dependencies e on e.task = r.id
    )
    select e.task, e.needs from reached r join growth_engine.task_dependencies e on e.task = r.id
    order by e.task, e.needs`.execute(transaction);
  return rows;
}

const columns = (edges: readonly Edge[]) => sql`unnest(${edges.map(({ task }) => task)}::text[],
  ${edges.map(({ needs }) => needs)}::text[]) as g(task, needs)`;

/** Adds dependencies whose tasks are locked, and counts the open ones. */
export async function insertEdges(
  transaction: Transaction,
  fleet: string,
  edges: readonly Edge[],
  now: number,
): Promise<void> {
  if (edges.length === 0) return;
  await sql`
    with added as (
      insert into growth_engine.task_dependencies (fleet_id, task, needs)
      select ${fleet}, g.task, g.needs from ${columns(edges)} on conflict do nothing returning task, needs
    ), counted as (
      select a.task, count(*)::integer as count from added a
      join growth_engine.task_tasks n on n.fleet_id = ${fleet} and n.id = a.needs
      where n.state <> 'completed' group by a.task
    )
    update growth_engine.task_tasks t set open_dependencies = open_dependencies + c.count, updated_at = ${at(now)}
    from counted c where t.fleet_id = ${fleet} and t.id = c.task`.execute(transaction);
}

/** Takes dependencies off, of tasks that are locked. */
export async function deleteEdges(
  transaction: Transaction,
  fleet: string,
  edges: readonly Edge[],
  now: number,
): Promise<void> {
  if (edges.length === 0) return;
  await sql`
    with gone as (
      delete from growth_engine.task_dependencies e using ${columns(edges)}
      where e.fleet_id = ${fleet} and e.task = g.task and e.needs = g.needs returning e.task, e.needs
    ), counted as (
      select o.task, count(*)::integer as count from gone o
      join growth_engine.task_tasks n on n.fleet_id = ${fleet} and n.id = o.needs
      where n.state <> 'completed' group by o.task
    )
    update growth_engine.task_tasks t set open_dependencies = open_dependencies - c.count, updated_at = ${at(now)}
    from counted c where t.fleet_id = ${fleet} and t.id = c.task`.execute(transaction);
}

/**
 * Tells all that wait for a completed task, each with an event when it waits for nothing more. A statement after the
 * one that completed it: whoever added a dependency before is seen, whoever adds one later sees the new state.
 * @returns the tasks that are ready now
 */
export async function releaseDependants(
  transaction: Transaction,
  id: string,
  now: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string; ready: boolean }>`
    with waiting as (
      select t.fleet_id, t.id from growth_engine.task_dependencies e
      join growth_engine.task_tasks t on t.fleet_id = e.fleet_id and t.id = e.task
      where e.needs = ${id} order by t.id for no key update of t
    ), told as (
      update growth_engine.task_tasks t set open_dependencies = t.open_dependencies - 1, updated_at = ${at(now)}
      from waiting w where t.fleet_id = w.fleet_id and t.id = w.id
      returning t.fleet_id, t.id, t.ready, t.fence
    ), event as (
      insert into growth_engine.task_events (fleet_id, task, at, actor, kind, fence, details)
      select fleet_id, id, ${at(now)}, 'server', 'released', fence, jsonb_build_object('by', ${id}::text)
      from told where ready
    )
    select id from told where ready order by id`.execute(transaction);
  return rows.map((row) => row.id);
}

/** Open tasks that wait for this one. */
export async function listWaiting(transaction: Transaction, id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select t.id from growth_engine.task_dependencies e
    join growth_engine.task_tasks t on t.fleet_id = e.fleet_id and t.id = e.task
    where e.needs = ${id} and t.ended_at is null order by t.id`.execute(transaction);
  return rows.map((row) => row.id);
}
