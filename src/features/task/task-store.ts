import { type RawBuilder, sql } from "kysely";
import { utcTimestamp } from "../../platform/clock/index.ts";
import type { Transaction } from "../../platform/database/index.ts";
import type { TaskState } from "../../vocabulary/task.ts";
import type { FullTaskRow, TaskRow } from "./task-row.ts";

/** Of `t` (task_tasks) and `d` (task_descriptions). */
export const SUMMARY = sql.raw(`t.id, d.title, t.state, t.ready, t.priority, t.assignee, t.holder, t.fence,
  t.lease_until, t.progress, d.progress_note, t.phase, d.estimate_minutes, d.due_at, t.open_dependencies, d.block,
  d.reason, t.created_at, t.updated_at, t.started_at, t.ended_at`);

/** A task that half the fleet waits for is not told with all of their names. */
const NEIGHBOURS = 500;

const neighbours = (near: string, far: string): string => `(
  select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'state', n.state) order by n.id), '[]') from (
    select n.id, n.state from growth_engine.task_dependencies e
    join growth_engine.task_tasks n on n.fleet_id = e.fleet_id and n.id = e.${far}
    where e.fleet_id = t.fleet_id and e.${near} = t.id order by n.id limit ${NEIGHBOURS}
  ) n)`;

export const WHOLE = sql`${SUMMARY}, d.description, d.criteria, d.paths, d.links, d.payload, d.handover,
  ${sql.raw(neighbours("task", "needs"))} as depends_on, ${sql.raw(neighbours("needs", "task"))} as needed_by`;

export const JOINED = sql.raw(`growth_engine.task_tasks t
  join growth_engine.task_descriptions d on d.fleet_id = t.fleet_id and d.id = t.id`);

/** A time as a parameter. */
export const at = (instant: number): RawBuilder<unknown> => sql`${utcTimestamp(instant)}::timestamptz`;

/** Everything about one task of the transaction's fleet. */
export async function findTask(transaction: Transaction, id: string): Promise<FullTaskRow | undefined> {
  const { rows } = await sql<FullTaskRow>`select ${WHOLE} from ${JOINED} where t.id = ${id}`.execute(
    transaction,
  );
  return rows[0];
}

/** The same, and nobody else changes it until the transaction ends. */
export async function lockTask(transaction: Transaction, id: string): Promise<FullTaskRow | undefined> {
  await sql`select from growth_engine.task_tasks where id = ${id} for no key update`.execute(transaction);
  return findTask(transaction, id);
}

export interface TaskFilter {
  limit: number;
  after: { priority: number; created_at: number; id: string } | null;
  states: readonly TaskState[] | null;
  ready: boolean | undefined;
  overdue: boolean | undefined;
  priority: number | undefined;
  assignee: string | undefined;
  holder: string | undefined;
  phase: string | undefined;
}

function conditions(filter: TaskFilter, now: number): RawBuilder<unknown>[] {
  const { after, states, ready, overdue, priority, assignee, holder, phase } = filter;
  const late = sql`(t.ended_at is null and d.due_at < ${at(now)})`;
  return [
    sql`true`,
    ...(after
      ? [sql`(t.priority, t.created_at, t.id) > (${after.priority}, ${at(after.created_at)}, ${after.id})`]
      : []),
    ...(states ? [sql`t.state = any(${states}::text[])`] : []),
    ...(ready === undefined ? [] : [sql`t.ready = ${ready}`]),
    ...(overdue === undefined ? [] : [overdue ? late : sql`${late} is not true`]),
    ...(priority === undefined ? [] : [sql`t.priority = ${priority}`]),
    ...(assignee === undefined ? [] : [sql`t.assignee = ${assignee}`]),
    ...(holder === undefined ? [] : [sql`t.holder = ${holder}`]),
    ...(phase === undefined ? [] : [sql`t.phase = ${phase}`]),
  ];
}

/** By priority, then age. */
export async function listTasks(
  transaction: Transaction,
  filter: TaskFilter,
  now: number,
): Promise<TaskRow[]> {
  const { rows } = await sql<TaskRow>`
    select ${SUMMARY} from ${JOINED} where ${sql.join(conditions(filter, now), sql` and `)}
    order by t.priority, t.created_at, t.id limit ${filter.limit}`.execute(transaction);
  return rows;
}

const ORDER = sql.raw("priority, created_at, id");

/** The first ready tasks that satisfy a condition, each from an index in this order. */
const firstReady = (condition: RawBuilder<unknown>, turn: number, limit: number) => sql`(
  select fleet_id, id, priority, created_at, ${sql.lit(turn)} as turn from growth_engine.task_tasks
  where ready and ${condition} order by ${ORDER} limit ${limit})`;

/** Ready tasks in the order in which they should be done: an agent's own, then those of nobody; null: all. */
export async function listReady(
  transaction: Transaction,
  agent: string | null,
  limit: number,
): Promise<FullTaskRow[]> {
  const chosen =
    agent === null
      ? firstReady(sql`true`, 0, limit)
      : sql`${firstReady(sql`assignee = ${agent}`, 0, limit)} union all ${firstReady(sql`assignee is null`, 1, limit)}`;
  const { rows } = await sql<FullTaskRow>`
    with chosen as (select * from (${chosen}) c order by turn, ${ORDER} limit ${limit})
    select ${WHOLE} from chosen c join ${JOINED} on t.fleet_id = c.fleet_id and t.id = c.id
    order by c.turn, t.priority, t.created_at, t.id`.execute(transaction);
  return rows;
}
