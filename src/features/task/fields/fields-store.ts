import { type RawBuilder, sql } from "kysely";
import type { Transaction } from "../../../platform/database/index.ts";
import type { TaskState } from "../../../vocabulary/task.ts";
import { asJson } from "../change-store.ts";
import { at } from "../task-store.ts";
import type { NormalFields } from "./normal-fields.ts";

/** A task to be made. */
export interface NewTask extends NormalFields {
  id: string;
  title: string;
  assignee: string | null;
  state: Extract<TaskState, "assigned" | "completed" | "cancelled">;
  reason: string | null;
}

const DEFAULT_PRIORITY = 2;

/**
 * Makes tasks with an event each, in one statement.
 * @returns the identifiers of those that were made; the others were there already
 */
export async function insertTasks(
  transaction: Transaction,
  fleet: string,
  tasks: readonly NewTask[],
  { actor, now, kind }: { actor: string; now: number; kind: "added" | "imported" },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with given as (
      select * from jsonb_to_recordset(${asJson(tasks)}) as g(id text, title text, description text, criteria jsonb,
        paths jsonb, priority smallint, estimate_minutes integer, due_at timestamptz, phase text, links jsonb,
        payload jsonb, assignee text, state text, reason text)
    ), made as (
      insert into growth_engine.task_tasks
        (fleet_id, id, state, priority, phase, assignee, created_at, updated_at, ended_at)
      select ${fleet}, id, state, coalesce(priority, ${DEFAULT_PRIORITY}), phase, assignee, ${at(now)}, ${at(now)},
        case when state <> 'assigned' then ${at(now)} end
      from given on conflict do nothing returning id, state, assignee
    ), described as (
      insert into growth_engine.task_descriptions (fleet_id, id, title, description, criteria, paths,
        estimate_minutes, due_at, links, payload, reason)
      select ${fleet}, m.id, g.title, g.description, coalesce(g.criteria, '[]'), coalesce(g.paths, '[]'),
        g.estimate_minutes, g.due_at, coalesce(g.links, '[]'), coalesce(g.payload, '{}'), g.reason
      from made m join given g on g.id = m.id
    ), event as (
      insert into growth_engine.task_events (fleet_id, task, at, actor, kind, details)
      select ${fleet}, id, ${at(now)}, ${actor}, ${kind}, jsonb_build_object('state', state, 'assignee', assignee)
      from made
    )
    select id from made`.execute(transaction);
  return rows.map(({ id }) => id);
}

type Columns = Record<string, RawBuilder<unknown>>;

/** Fields → the columns of both halves of a task that they change. */
export function columnsOfFields(fields: NormalFields): { task: Columns; texts: Columns } {
  const { priority, phase, due_at, title, description, estimate_minutes } = fields;
  const jsons = {
    criteria: fields.criteria,
    paths: fields.paths,
    links: fields.links,
    payload: fields.payload,
  };
  const plain = { title, description, estimate_minutes };
  const given = <T>(
    values: Record<string, T | undefined>,
    write: (value: T) => RawBuilder<unknown>,
  ): Columns =>
    Object.fromEntries(
      Object.entries(values).flatMap(([column, value]) =>
        value === undefined ? [] : [[column, write(value)]],
      ),
    );
  return {
    task: given<unknown>({ priority, phase }, sql.val),
    texts: {
      ...given<unknown>(plain, sql.val),
      ...given<unknown>({ due_at }, (value) => sql`${value}::timestamptz`),
      ...given<unknown>(jsons, asJson),
    },
  };
}
