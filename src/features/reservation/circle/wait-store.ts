import { sql } from "kysely";
import { utcTimestamp } from "../../../platform/clock/index.ts";
import type { Instant, Transaction } from "../../../platform/database/index.ts";
import type { CircleView, ResourceView } from "../contract.ts";
import { at } from "../reservation-store.ts";
import type { Wait } from "./rules.ts";

/** A reservation that waits for another. */
export interface WaitRow {
  reservation: number;
  agent: string;
  blocker: number;
  blocker_agent: string;
  /** The task that the blocker does not outlast. */
  blocker_task: string | null;
  blocker_resources: ResourceView[];
}

const MOST = 20_000;

/** Who waits for whom in a fleet. */
export async function listWaits(transaction: Transaction, fleet: string): Promise<WaitRow[]> {
  const { rows } = await sql<WaitRow>`
    select w.reservation, r.agent, w.blocker, b.agent as blocker_agent, b.task as blocker_task,
      b.resources as blocker_resources
    from growth_engine.reservation_waits w
    join growth_engine.reservation_reservations r on r.fleet_id = w.fleet_id and r.id = w.reservation
    join growth_engine.reservation_reservations b on b.fleet_id = w.fleet_id and b.id = w.blocker
    where w.fleet_id = ${fleet} order by w.reservation, w.blocker limit ${MOST}`.execute(transaction);
  return rows;
}

/** Fleets in which somebody waits, or a circle was seen. */
export async function listFleetsWaiting(transaction: Transaction): Promise<string[]> {
  const { rows } = await sql<{ fleet: string }>`
    select fleet_id as fleet from growth_engine.reservation_reservations where state = 'waiting'
    union select fleet_id from growth_engine.reservation_circles`.execute(transaction);
  return rows.map(({ fleet }) => fleet);
}

/** Keeps the circles that are there now, with an event for each that is new or gone. */
export async function keepCircles(
  transaction: Transaction,
  fleet: string,
  circles: readonly { circle: string; steps: Wait[] }[],
  now: number,
): Promise<void> {
  await sql`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(circles)}::jsonb) as g(circle text, steps jsonb)
    ), gone as (
      delete from growth_engine.reservation_circles c where c.fleet_id = ${fleet}
        and not exists (select from given g where g.circle = c.circle) returning c.circle, c.steps
    ), found as (
      insert into growth_engine.reservation_circles (fleet_id, circle, steps, found_at)
      select ${fleet}, circle, steps, ${at(now)} from given on conflict do nothing returning circle, steps
    )
    insert into growth_engine.reservation_events (fleet_id, at, actor, kind, details)
    select ${fleet}, ${at(now)}, 'server', kind, jsonb_build_object('circle', circle, 'steps', steps) from (
      select 'circle_found' as kind, circle, steps from found
      union all select 'circle_broken', circle, steps from gone) e`.execute(transaction);
}

type CircleTables = {
  reservation_circles: { fleet_id: string; circle: string; steps: Wait[]; found_at: Instant };
};

const SHOWN = 100;

export async function listKeptCircles(transaction: Transaction, fleet: string): Promise<CircleView[]> {
  const rows = await transaction
    .withTables<CircleTables>()
    .selectFrom("reservation_circles")
    .select(["steps", "found_at"])
    .where("fleet_id", "=", fleet)
    .orderBy("found_at")
    .orderBy("circle")
    .limit(SHOWN)
    .execute();
  return rows.map(({ steps, found_at }) => ({ steps, found_at: utcTimestamp(found_at) }));
}
