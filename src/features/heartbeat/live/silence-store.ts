import { sql } from "kysely";
import { utcTimestamp } from "../../../platform/clock/index.ts";
import type { Transaction } from "../../../platform/database/index.ts";

/** As many as a person reads. */
const SHOWN = 20;

export interface RhythmRow {
  agent: string;
  beats: number;
  median: number;
  p95: number;
}

/** Seconds between the arrivals of each agent's beats; those of one moment are one. */
export async function readRhythms(
  transaction: Transaction,
  fleet: string,
  since: number,
): Promise<RhythmRow[]> {
  const { rows } = await sql<RhythmRow>`
    with arrivals as (
      select distinct agent, received_at from heartbeat_beats
      where fleet_id = ${fleet} and day >= ${utcTimestamp(since)}::date and received_at >= ${utcTimestamp(since)}::timestamptz
    ), intervals as (
      select agent, extract(epoch from received_at - lag(received_at) over (partition by agent order by received_at)) as length
      from arrivals
    )
    select agent, count(*)::integer as beats,
      percentile_cont(0.5) within group (order by length::float8) as median,
      percentile_cont(0.95) within group (order by length::float8) as p95
    from intervals group by agent having count(length) > 0 order by agent`.execute(transaction);
  return rows;
}

export interface SilenceRow {
  agent: string;
  task: string | null;
  from_at: number;
  to_at: number | null;
  silent_from: number | null;
  same_session: boolean;
}

/** Silences that ended since then, and those of agents that have not beaten since a minute ago. */
const silences = (fleet: string, since: string, now: string) => sql`
  select agent, task, from_at, to_at, silent_from, same_session from heartbeat_pauses
  where fleet_id = ${fleet} and kind = 'beats' and to_at >= ${since}::timestamptz
  union all
  select agent, task, alive_at, null, silent_from, false from heartbeat_states
  where fleet_id = ${fleet} and alive_at < ${now}::timestamptz - interval '1 minute' and silent_from is not null`;

/** The longest first, counted from when silence counted. */
export async function readLongestSilences(
  transaction: Transaction,
  fleet: string,
  since: number,
  now: number,
): Promise<SilenceRow[]> {
  const { rows } = await sql<SilenceRow>`
    select * from (${silences(fleet, utcTimestamp(since), utcTimestamp(now))}) as silence
    where silent_from is not null and coalesce(to_at, ${utcTimestamp(now)}::timestamptz) > silent_from
    order by coalesce(to_at, ${utcTimestamp(now)}::timestamptz) - silent_from desc limit ${SHOWN}`.execute(
    transaction,
  );
  return rows;
}

export interface BottleneckRow {
  task: string;
  agent: string;
  stalled: number;
  silent: number;
  going_on: boolean;
}

/** Tasks by their longest time without progress, with all of their silence. Seconds. */
export async function readBottlenecks(
  transaction: Transaction,
  fleet: string,
  since: number,
  now: number,
): Promise<BottleneckRow[]> {
  const [from, to] = [utcTimestamp(since), utcTimestamp(now)];
  const { rows } = await sql<BottleneckRow>`
    with stalls as (
      select agent, task, to_at - from_at as length, false as going_on from heartbeat_pauses
      where fleet_id = ${fleet} and kind = 'progress' and task is not null and to_at >= ${from}::timestamptz
      union all
      select agent, task, ${to}::timestamptz - progressing_at, true from heartbeat_states
      where fleet_id = ${fleet} and task is not null and status <> 'done' and alive_at >= ${from}::timestamptz
    ), longest as (
      select distinct on (agent, task) * from stalls order by agent, task, length desc
    ), silent as (
      select agent, task, sum(to_at - greatest(silent_from, from_at)) as length from heartbeat_pauses
      where fleet_id = ${fleet} and kind = 'beats' and to_at >= ${from}::timestamptz and silent_from < to_at
      group by agent, task
    )
    select longest.task, longest.agent, longest.going_on,
      extract(epoch from longest.length)::float8 as stalled,
      coalesce(extract(epoch from silent.length), 0)::float8 as silent
    from longest left join silent using (agent, task)
    order by longest.length desc limit ${SHOWN}`.execute(transaction);
  return rows;
}

const PAGE = 5_000;

/** All silences, page by page: a year of a large fleet does not stand in memory at once. */
export async function* streamSilences(
  transaction: Transaction,
  fleet: string,
  since: number,
  now: number,
): AsyncGenerator<SilenceRow> {
  const all = silences(fleet, utcTimestamp(since), utcTimestamp(now));
  await sql`declare silences no scroll cursor for ${all}`.execute(transaction);
  for (;;) {
    const { rows } = await sql<SilenceRow>`fetch ${sql.lit(PAGE)} from silences`.execute(transaction);
    yield* rows;
    if (rows.length < PAGE) return;
  }
}
