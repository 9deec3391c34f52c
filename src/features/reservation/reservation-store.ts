import { type RawBuilder, sql } from "kysely";
import { utcTimestamp } from "../../platform/clock/index.ts";
import type { Transaction } from "../../platform/database/index.ts";
import { literalEnd, literalFolders } from "../../platform/globs/index.ts";
import type { ReservationState } from "../../vocabulary/reservation.ts";
import { viewResource } from "./read-resources.ts";
import type { ReservationRow } from "./reservation-row.ts";
import type { Covered } from "./rules.ts";

/** A time as a parameter. */
export const at = (instant: number): RawBuilder<unknown> => sql`${utcTimestamp(instant)}::timestamptz`;

/** A crowd in the way is not told with all of its names. */
const NEIGHBOURS = 50;

/** Of `r` (reservation_reservations). */
const WHOLE =
  sql.raw(`r.id, r.agent, r.state, r.resources, r.purpose, r.task, r.task_fence, r.fence, r.lease_seconds,
  r.lease_until, r.wait_until, r.asked_at, r.granted_at, r.ended_at, r.reason, (
    select coalesce(jsonb_agg(jsonb_build_object('reservation', b.id, 'agent', b.agent) order by b.id), '[]') from (
      select b.id, b.agent from growth_engine.reservation_waits w
      join growth_engine.reservation_reservations b on b.fleet_id = w.fleet_id and b.id = w.blocker
      where w.fleet_id = r.fleet_id and w.reservation = r.id order by b.id limit ${NEIGHBOURS}
    ) b) as waits_for`);

/**
 * Nobody else asks for, ends or grants reservations of this fleet until the transaction ends: whether one may be
 * granted hangs on rows of others that are not there yet, which no row lock covers.
 */
export async function lockReservations(transaction: Transaction, fleet: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`reservations ${fleet}`}, 0))`.execute(
    transaction,
  );
}

export async function findReservation(
  transaction: Transaction,
  fleet: string,
  id: number,
): Promise<ReservationRow | undefined> {
  const { rows } = await sql<ReservationRow>`
    select ${WHOLE} from growth_engine.reservation_reservations r
    where r.fleet_id = ${fleet} and r.id = ${id}`.execute(transaction);
  return rows[0];
}

export interface ReservationFilter {
  limit: number;
  after: number;
  agent: string | undefined;
  task: string | undefined;
  /** Undefined: those that have not ended. */
  state: ReservationState | undefined;
}

/** In the order in which they were asked for. */
export async function listReservations(
  transaction: Transaction,
  fleet: string,
  { limit, after, agent, task, state }: ReservationFilter,
): Promise<ReservationRow[]> {
  const conditions = [
    sql`r.fleet_id = ${fleet}`,
    sql`r.id > ${after}`,
    state === undefined ? sql`r.ended_at is null` : sql`r.state = ${state}`,
    ...(agent === undefined ? [] : [sql`r.agent = ${agent}`]),
    ...(task === undefined ? [] : [sql`r.task = ${task}`]),
  ];
  const { rows } = await sql<ReservationRow>`
    select ${WHOLE} from growth_engine.reservation_reservations r
    where ${sql.join(conditions, sql` and `)} order by r.id limit ${limit}`.execute(transaction);
  return rows;
}

/** How many an agent has that have not ended, counted up to a limit. */
export async function countLive(
  transaction: Transaction,
  fleet: string,
  agent: string,
  limit: number,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from (
      select from growth_engine.reservation_reservations
      where fleet_id = ${fleet} and agent = ${agent} and ended_at is null limit ${limit}) live`.execute(
    transaction,
  );
  return rows[0]?.count ?? 0;
}

/** A reservation to be kept. */
export interface NewReservation {
  fleet: string;
  agent: string;
  actor: string;
  resources: readonly Covered[];
  purpose: string | null;
  task: { id: string; fence: number } | null;
  lease_seconds: number | null;
  /** How long it waits; null when it is granted now. */
  wait_seconds: number | null;
  /** Who stands in its way. */
  blockers: readonly number[];
  now: number;
}

interface ResourceRow {
  place: number;
  form: number;
  kind: string;
  repository: string | null;
  pattern: string;
  glob: string;
  folders: string;
  ending: string | null;
  is_shared: boolean;
}

function resourceRows(resources: readonly Covered[]): ResourceRow[] {
  return resources.flatMap(({ kind, pattern, repository, shared, forms }, place) => {
    const common = { place, kind, repository, pattern, is_shared: shared };
    if (kind !== "file") return [{ ...common, form: 0, glob: pattern, folders: pattern, ending: null }];
    return forms.map((form, at) => ({
      ...common,
      form: at,
      glob: form.text,
      folders: literalFolders(form),
      ending: literalEnd(form),
    }));
  });
}

const SHAPE = sql.raw(`place smallint, form smallint, kind text, repository text, pattern text, glob text,
  folders text, ending text, is_shared boolean`);

/** Keeps a reservation with what it covers, whom it waits for, and its event. Needs {@link lockReservations}. */
export async function insertReservation(transaction: Transaction, given: NewReservation): Promise<number> {
  const { fleet, agent, actor, now, lease_seconds, wait_seconds, task, blockers } = given;
  const waits = wait_seconds !== null;
  const resources = JSON.stringify(given.resources.map(viewResource));
  const { rows } = await sql<{ id: number }>`
    with added as (
      insert into growth_engine.reservation_reservations (fleet_id, id, agent, state, resources, purpose, task,
        task_fence, fence, lease_seconds, lease_until, wait_until, asked_at, granted_at)
      select ${fleet}, nextval('growth_engine.reservation_numbers'), ${agent}, ${waits ? "waiting" : "held"},
        ${resources}::jsonb, ${given.purpose}, ${task?.id ?? null}, ${task?.fence ?? null},
        ${waits ? sql`null::bigint` : sql`nextval('growth_engine.reservation_fences')`}, ${lease_seconds},
        ${waits || lease_seconds === null ? sql`null::timestamptz` : at(now + lease_seconds * 1_000)},
        ${waits ? at(now + wait_seconds * 1_000) : sql`null::timestamptz`}, ${at(now)},
        ${waits ? sql`null::timestamptz` : at(now)}
      returning *
    ), covered as (
      insert into growth_engine.reservation_resources (fleet_id, reservation, place, form, kind, repository, pattern,
        glob, folders, ending, is_shared)
      select a.fleet_id, a.id, g.* from added a,
        jsonb_to_recordset(${JSON.stringify(resourceRows(given.resources))}::jsonb) as g(${SHAPE})
    ), waits as (
      insert into growth_engine.reservation_waits (fleet_id, reservation, blocker)
      select a.fleet_id, a.id, b from added a, unnest(${blockers}::bigint[]) b
    ), event as (
      insert into growth_engine.reservation_events (fleet_id, reservation, agent, at, actor, kind, fence, details)
      select fleet_id, id, agent, ${at(now)}, ${actor}, ${waits ? "queued" : "taken"}, fence,
        jsonb_build_object('resources', resources) || jsonb_strip_nulls(jsonb_build_object('task', task, 'purpose', purpose,
          'lease_until', lease_until, 'wait_until', wait_until, 'waits_for', (
            select jsonb_agg(jsonb_build_object('reservation', v.id, 'agent', v.agent) order by v.id)
            from growth_engine.reservation_reservations v
            where v.fleet_id = ${fleet} and v.id = any(${blockers.slice(0, NEIGHBOURS)}::bigint[])))) from added
    )
    select id from added`.execute(transaction);
  return rows[0]?.id ?? 0;
}

/** Renews a lease: one statement, which asks for holder and fence. @returns whether it did */
export async function extendLease(
  transaction: Transaction,
  fleet: string,
  {
    id,
    agent,
    fence,
    lease_seconds,
    now,
  }: { id: number; agent: string; fence: number; lease_seconds: number | null; now: number },
): Promise<boolean> {
  const { rows } = await sql`
    update growth_engine.reservation_reservations set
      lease_seconds = coalesce(${lease_seconds}::integer, lease_seconds),
      lease_until = greatest(lease_until,
        ${at(now)} + make_interval(secs => coalesce(${lease_seconds}::integer, lease_seconds)))
    where fleet_id = ${fleet} and id = ${id} and agent = ${agent} and fence = ${fence} and state = 'held'
      and (lease_until is null or lease_until > ${at(now)})
    returning id`.execute(transaction);
  return rows.length > 0;
}
