import { type RawBuilder, sql } from "kysely";
import type { Transaction } from "../../platform/database/index.ts";
import { DEEDS, type Deed, type Doer } from "./rules.ts";
import type { FullTaskRow } from "./task-row.ts";
import { at, WHOLE } from "./task-store.ts";

/** One change of one task. */
export interface Change {
  id: string;
  deed: Deed;
  doer: Doer;
  /** As it stands in histories. */
  actor: string;
  now: number;
  /** Columns of `t` (task_tasks) → their new values. */
  task?: Readonly<Record<string, RawBuilder<unknown>>>;
  /** Columns of `d` (task_descriptions) → their new values. */
  texts?: Readonly<Record<string, RawBuilder<unknown>>>;
  /** What must hold besides. */
  when?: RawBuilder<unknown>;
  /** What the event keeps. */
  details?: Readonly<Record<string, unknown>>;
  /** The event's word, where it is not the deed's. */
  kind?: string;
}

/** The words of events. */
const KINDS: Record<Deed, string> = {
  claim: "claimed",
  progress: "progressed",
  update: "updated",
  depend: "depended",
  block: "blocked",
  resume: "resumed",
  hand_over: "handed_over",
  assign: "assigned",
  reassign: "reassigned",
  complete: "completed",
  cancel: "cancelled",
};

export const asJson = (value: unknown): RawBuilder<unknown> => sql`${JSON.stringify(value)}::jsonb`;

const assignments = (columns: Readonly<Record<string, RawBuilder<unknown>>>) =>
  sql.join(Object.entries(columns).map(([column, value]) => sql`${sql.ref(column)} = ${value}`));

/** The same as `objectionTo`, for the row that the statement locks. */
function mayHappen({ deed, doer, now, when }: Change): RawBuilder<unknown> {
  const state = sql`case when t.lease_until <= ${at(now)} then 'assigned' else t.state end`;
  const inState = sql`${state} = any(${DEEDS[deed].from}::text[])`;
  const held =
    doer === "manager" || deed === "claim"
      ? sql`true`
      : sql`t.holder = ${doer.agent} and t.fence = ${doer.fence}
          and (t.lease_until is null or t.lease_until > ${at(now)})`;
  return sql`${inState} and ${held} and ${when ?? sql`true`}`;
}

/** What a state brings with it. */
function columnsOf({ deed, task, now }: Change): Record<string, RawBuilder<unknown>> {
  const { to } = DEEDS[deed];
  const ended = to === "completed" || to === "cancelled";
  return {
    updated_at: at(now),
    ...(to === null ? {} : { state: sql.val(to) }),
    ...(to === "assigned" || ended ? { holder: sql`null`, lease_until: sql`null` } : {}),
    ...(to === "blocked" ? { lease_until: sql`null` } : {}),
    ...(ended ? { ended_at: at(now) } : {}),
    ...(to === "completed" ? { progress: sql`100` } : {}),
    ...task,
  };
}

/**
 * Changes a task and adds the event of it, in one statement that decides whether it may.
 * @returns the task as it stands then; undefined when it may not, or is not there
 */
export async function changeTask(transaction: Transaction, change: Change): Promise<FullTaskRow | undefined> {
  const { id, deed, actor, now, texts, details = {}, kind = KINDS[deed] } = change;
  const told = texts
    ? sql`update growth_engine.task_descriptions d set ${assignments(texts)}
        from changed c where d.fleet_id = c.fleet_id and d.id = c.id returning d.*`
    : sql`select d.* from growth_engine.task_descriptions d join changed c on d.fleet_id = c.fleet_id and d.id = c.id`;
  const { rows } = await sql<FullTaskRow>`
    with changed as (
      update growth_engine.task_tasks t set ${assignments(columnsOf(change))}
      where t.id = ${id} and ${mayHappen(change)} returning t.*
    ), told as (${told}), event as (
      insert into growth_engine.task_events (fleet_id, task, at, actor, kind, fence, details)
      select fleet_id, id, ${at(now)}, ${actor}, ${kind}, fence, ${asJson(details)} from changed
    )
    select ${WHOLE} from changed t join told d on d.fleet_id = t.fleet_id and d.id = t.id`.execute(
    transaction,
  );
  return rows[0];
}
