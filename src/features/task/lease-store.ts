import { CompiledQuery, sql } from "kysely";
import { utcTimestamp } from "../../platform/clock/index.ts";
import type { Transaction } from "../../platform/database/index.ts";
import { at } from "./task-store.ts";

/** A sign of life of a task's holder. */
export interface Renewal {
  /** UUID. */
  fleet: string;
  task: string;
  agent: string;
  fence: number;
  /** Percent, or null when the sign says nothing of it. */
  progress: number | null;
}

/** Why a lease was not renewed; null when it was. */
export type RenewalAnswer = null | "TASK_UNKNOWN" | "TASK_FENCE_STALE";

/** Parameters of {@link RENEWAL}: how many there are, so that a statement around it numbers its own from there. */
export const RENEWAL_PARAMETERS = 6;

/**
 * The queries of a statement that renews leases, for `with`: its last, `answers`, holds the place of each renewal (from
 * 1) and why it was not renewed. Rows are locked in one order, so that several processes may do so at once. A lease of
 * which nine tenths are left is left alone: beats that come faster would write a row each for nothing. A blocked task
 * has no lease, and its holder is told so by being accepted.
 */
export const RENEWAL = `
leases as (
  select * from unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[], $5::smallint[])
    with ordinality as g(fleet_id, id, agent, fence, progress, place)
), held as (
  select t.fleet_id, t.id, l.agent, l.fence, l.progress, l.place,
    t.lease_until < $6::timestamptz + make_interval(secs => t.lease_seconds * 0.9)
      or t.progress is distinct from coalesce(l.progress, t.progress) as is_due
  from growth_engine.task_tasks t join leases l on l.fleet_id = t.fleet_id and l.id = t.id
    and l.agent = t.holder and l.fence = t.fence
  where t.lease_until is null or t.lease_until > $6::timestamptz
), locked as (
  select t.fleet_id, t.id, h.agent, h.fence, h.progress, h.place
  from growth_engine.task_tasks t join held h on h.fleet_id = t.fleet_id and h.id = t.id
  where h.is_due and t.holder = h.agent and t.fence = h.fence
    and (t.lease_until is null or t.lease_until > $6::timestamptz)
  order by t.fleet_id, t.id for no key update of t
), renewed as (
  update growth_engine.task_tasks t set
    lease_until = case when t.state = 'in_progress'
      then greatest(t.lease_until, $6::timestamptz + make_interval(secs => t.lease_seconds)) end,
    progress = coalesce(h.progress, t.progress), updated_at = $6::timestamptz
  from locked h where t.fleet_id = h.fleet_id and t.id = h.id and t.holder = h.agent and t.fence = h.fence
  returning h.place
), good as (
  select place from held where is_due is not true union all select place from renewed
), answers as (
  select l.place::integer, case
    when l.place in (select place from good) then null
    when exists (select from growth_engine.task_tasks t where t.fleet_id = l.fleet_id and t.id = l.id)
      then 'TASK_FENCE_STALE'
    else 'TASK_UNKNOWN' end as answer
  from leases l
)`;

/** The parameters of {@link RENEWAL}. @param renewals each lease once */
export function renewalParameters(renewals: readonly Renewal[], now: number): unknown[] {
  const column = <K extends keyof Renewal>(key: K) => renewals.map((renewal) => renewal[key]);
  return [
    column("fleet"),
    column("task"),
    column("agent"),
    column("fence"),
    column("progress"),
    utcTimestamp(now),
  ];
}

const RENEW = `with ${RENEWAL} select answer from answers order by place`;

/**
 * Renews leases of many tasks of many fleets, and records progress where it is given. Needs a transaction that sees all
 * these fleets. @param renewals each lease once
 * @returns an answer for each renewal, in their order
 */
export async function renewLeases(
  transaction: Transaction,
  renewals: readonly Renewal[],
  now: number,
): Promise<RenewalAnswer[]> {
  const query = CompiledQuery.raw(RENEW, renewalParameters(renewals, now));
  const { rows } = await transaction.executeQuery<{ answer: RenewalAnswer }>(
    query as CompiledQuery<{ answer: RenewalAnswer }>,
  );
  return rows.map(({ answer }) => answer);
}

/** The lease of a held task, or null while it is blocked. */
export async function findLease(transaction: Transaction, id: string): Promise<number | null> {
  const { rows } = await sql<{ lease_until: number | null }>`
    select lease_until from growth_engine.task_tasks where id = ${id}`.execute(transaction);
  return rows[0]?.lease_until ?? null;
}

/** As many as one run returns; the next is a second away. */
const AT_ONCE = 1_000;

/**
 * Returns tasks whose lease ran out, each with an event: to its assignee, or to all. Rows that somebody is at are left
 * to the next run. @param only one task, for who wants to claim it now
 */
export async function returnExpired(transaction: Transaction, now: number, only?: string): Promise<number> {
  const { rows } = await sql`
    with late as (
      select fleet_id, id, holder, lease_until from growth_engine.task_tasks
      where state = 'in_progress' and lease_until <= ${at(now)} ${only === undefined ? sql`` : sql`and id = ${only}`}
      order by fleet_id, id limit ${AT_ONCE} for no key update skip locked
    ), returned as (
      update growth_engine.task_tasks t set state = 'assigned', holder = null, lease_until = null, updated_at = ${at(now)}
      from late l where t.fleet_id = l.fleet_id and t.id = l.id
      returning t.fleet_id, t.id, t.fence, l.holder, l.lease_until
    )
    insert into growth_engine.task_events (fleet_id, task, at, actor, kind, fence, details)
    select fleet_id, id, ${at(now)}, 'server', 'lease_expired', fence,
      jsonb_build_object('holder', holder, 'lease_until', lease_until) from returned
    returning event`.execute(transaction);
  return rows.length;
}
