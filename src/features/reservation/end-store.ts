import { type RawBuilder, sql } from "kysely";
import type { Transaction } from "../../platform/database/index.ts";
import { at } from "./reservation-store.ts";

/** As many as one run ends; the next is a second away. */
const AT_ONCE = 1_000;

/** How reservations of a fleet end. */
export interface End {
  fleet: string;
  /** Which of those that have not ended, of `r`. */
  which: RawBuilder<unknown>;
  state: "released" | "expired" | "revoked";
  actor: string;
  reason: string | null;
  now: number;
}

/**
 * Ends reservations with an event each, and takes them out of everybody's way. Needs `lockReservations`.
 * @returns which
 */
async function endReservations(transaction: Transaction, end: End): Promise<number[]> {
  const { fleet, which, state, actor, reason, now } = end;
  const { rows } = await sql<{ id: number }>`
    with chosen as (
      select r.id from growth_engine.reservation_reservations r
      where r.fleet_id = ${fleet} and r.ended_at is null and (${which})
      order by r.id limit ${AT_ONCE} for update
    ), ended as (
      update growth_engine.reservation_reservations r set state = ${state}, ended_at = ${at(now)}, reason = ${reason}
      from chosen c where r.fleet_id = ${fleet} and r.id = c.id returning r.*
    ), uncovered as (
      delete from growth_engine.reservation_resources g using ended e
      where g.fleet_id = ${fleet} and g.reservation = e.id
    ), freed as (
      delete from growth_engine.reservation_waits w using ended e
      where w.fleet_id = ${fleet} and (w.blocker = e.id or w.reservation = e.id)
    ), event as (
      insert into growth_engine.reservation_events (fleet_id, reservation, agent, at, actor, kind, fence, details)
      select fleet_id, id, agent, ${at(now)}, ${actor},
        case when granted_at is null and ${state} <> 'revoked' then 'gave_up' else ${state} end, fence,
        jsonb_build_object('resources', resources) || jsonb_strip_nulls(jsonb_build_object('task', task, 'reason', reason,
          'lease_until', lease_until, 'waited_since', case when granted_at is null then asked_at end))
      from ended order by id
    )
    select id from ended order by id`.execute(transaction);
  return rows.map(({ id }) => id);
}

/** Ends what ran out: leases, and the patience of those who wait. */
export function endExpired(transaction: Transaction, fleet: string, now: number): Promise<number[]> {
  // Through an index each: a condition with "or" would look at all that has not ended.
  const which = sql`r.id = any(array(
    select id from growth_engine.reservation_reservations
    where fleet_id = ${fleet} and state = 'held' and lease_until <= ${at(now)}
    union all select id from growth_engine.reservation_reservations
    where fleet_id = ${fleet} and state = 'waiting' and wait_until <= ${at(now)}))`;
  return endReservations(transaction, { fleet, which, state: "expired", actor: "server", reason: null, now });
}

/** Ends these, because the claims that they last as long as have ended. */
export function endUnclaimed(
  transaction: Transaction,
  fleet: string,
  ids: readonly number[],
  now: number,
): Promise<number[]> {
  const which = sql`r.id = any(${ids}::bigint[])`;
  const reason = "its task is no longer held under that claim";
  return endReservations(transaction, { fleet, which, state: "released", actor: "server", reason, now });
}

/** Gives one back: a held one under its fence, a waiting one without. @returns whether it did */
export async function endOwn(
  transaction: Transaction,
  fleet: string,
  {
    id,
    agent,
    fence,
    actor,
    now,
  }: { id: number; agent: string; fence: number | null; actor: string; now: number },
): Promise<boolean> {
  const which = sql`r.id = ${id} and r.agent = ${agent} and (r.state = 'waiting' or (r.fence = ${fence}
    and (r.lease_until is null or r.lease_until > ${at(now)})))`;
  const ended = await endReservations(transaction, {
    fleet,
    which,
    state: "released",
    actor,
    reason: null,
    now,
  });
  return ended.length > 0;
}

/** Takes one away. @returns whether it did */
export async function endByForce(
  transaction: Transaction,
  fleet: string,
  { id, reason, actor, now }: { id: number; reason: string; actor: string; now: number },
): Promise<boolean> {
  const which = sql`r.id = ${id}`;
  return (
    (await endReservations(transaction, { fleet, which, state: "revoked", actor, reason, now })).length > 0
  );
}

/**
 * Grants, in the order of asking, what waits for nobody any more. Whoever came later stands in nobody's way, so one
 * look is enough. Needs `lockReservations`.
 */
export async function grantFree(transaction: Transaction, fleet: string, now: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    with free as (
      select id, nextval('growth_engine.reservation_fences') as fence from (
        select r.id from growth_engine.reservation_reservations r
        where r.fleet_id = ${fleet} and r.state = 'waiting' and not exists (
          select from growth_engine.reservation_waits w where w.fleet_id = ${fleet} and w.reservation = r.id)
        order by r.id) f
    ), granted as (
      update growth_engine.reservation_reservations r set state = 'held', fence = f.fence, granted_at = ${at(now)},
        lease_until = ${at(now)} + make_interval(secs => r.lease_seconds)
      from free f where r.fleet_id = ${fleet} and r.id = f.id returning r.*
    ), event as (
      insert into growth_engine.reservation_events (fleet_id, reservation, agent, at, actor, kind, fence, details)
      select fleet_id, id, agent, ${at(now)}, 'server', 'granted', fence,
        jsonb_build_object('resources', resources) || jsonb_strip_nulls(jsonb_build_object('task', task, 'waited_since', asked_at,
          'lease_until', lease_until))
      from granted order by id
    )
    select id from granted order by id`.execute(transaction);
  return rows.map(({ id }) => id);
}

/** Live reservations that last as long as a claim, of one fleet or of all. */
export async function listClaimed(
  transaction: Transaction,
  fleet: string | null,
): Promise<{ fleet: string; id: number; task: string; agent: string; fence: number }[]> {
  const { rows } = await sql<{ fleet: string; id: number; task: string; agent: string; fence: number }>`
    select fleet_id as fleet, id, task, agent, task_fence as fence from growth_engine.reservation_reservations
    where ended_at is null and task is not null ${fleet === null ? sql`` : sql`and fleet_id = ${fleet}`}
    order by fleet_id, id`.execute(transaction);
  return rows;
}

/** Fleets in which something ran out. */
export async function listFleetsDue(transaction: Transaction, now: number): Promise<string[]> {
  const { rows } = await sql<{ fleet: string }>`
    select fleet_id as fleet from growth_engine.reservation_reservations
    where state = 'held' and lease_until <= ${at(now)}
    union select fleet_id from growth_engine.reservation_reservations
    where state = 'waiting' and wait_until <= ${at(now)}`.execute(transaction);
  return rows.map(({ fleet }) => fleet);
}
