import { sql } from "kysely";
import { utcTimestamp } from "../../../platform/clock/index.ts";
import type { Transaction } from "../../../platform/database/index.ts";
import { DEFAULT_THRESHOLDS } from "./rules.ts";

/** Rows of one statement: some hundred milliseconds. */
const AT_ONCE = 20_000;
/** Statements of one run: a fleet of a million that fell silent at once is done in the next ones. */
const RUNS = 10;
const SECOND = 1_000;
const { late, stale, offline } = DEFAULT_THRESHOLDS;

/**
 * Looks at every agent whose next deadline has passed, and at nobody else (`heartbeat_states_by_deadline`). The state
 * is that of `stateOf` in rules.ts, which a test compares. A row that a beat holds at this moment is left to the next
 * run: it has just been heard of. Changes into silence are kept here, all others by the trigger of the table.
 */
export const sweepStatement = (now: string, atOnce: number) => sql<{ looked: number }>`
with due as (
  select s.ctid as place, s.fleet_id, s.agent, s.task, s.says, s.state, s.silent_from, ${now}::timestamptz as now,
    s.silent_from + make_interval(secs => coalesce(own.late_s, fleet.late_s, ${late / SECOND}::integer)) as late_at,
    s.silent_from + make_interval(secs => coalesce(own.stale_s, fleet.stale_s, ${stale / SECOND}::integer)) as stale_at,
    s.silent_from + make_interval(secs => coalesce(own.offline_s, fleet.offline_s, ${offline / SECOND}::integer))
      as offline_at
  from heartbeat_states as s
  left join heartbeat_thresholds as own on (own.fleet_id, own.agent) = (s.fleet_id, s.agent)
  left join heartbeat_thresholds as fleet on (fleet.fleet_id, fleet.agent) = (s.fleet_id, '')
  where s.deadline < ${now}::timestamptz
  order by s.deadline
  limit ${atOnce}
  for update of s skip locked
), judged as (
  select place, fleet_id, agent, task, state as before,
    case when silent_from is null or now <= late_at then says
      when now <= stale_at then 'late' when now <= offline_at then 'stale' else 'offline' end as state,
    case when now <= late_at then null when now <= stale_at then late_at
      when now <= offline_at then stale_at else offline_at end as passed_at,
    case when now <= late_at then late_at when now <= stale_at then stale_at
      when now <= offline_at then offline_at end as deadline
  from due
), looked as (
  update heartbeat_states as s
  set state = judged.state, deadline = judged.deadline,
    state_since = case when s.state = judged.state then s.state_since else coalesce(judged.passed_at, s.alive_at) end
  from judged where s.ctid = judged.place
  returning judged.fleet_id, judged.agent, judged.task, judged.before, judged.state, s.state_since
), kept as (
  insert into heartbeat_changes (fleet_id, agent, at, from_state, to_state, task)
  select fleet_id, agent, state_since, before, state, task from looked
  where state <> before and state in ('late', 'stale', 'offline')
)
select count(*)::integer as looked from looked`;

/** Finds the agents that fell silent for too long. */
export async function sweepStates(transaction: Transaction, now: number): Promise<void> {
  for (let run = 0; run < RUNS; run += 1) {
    const { rows } = await sweepStatement(utcTimestamp(now), AT_ONCE).execute(transaction);
    if ((rows[0]?.looked ?? 0) < AT_ONCE) return;
  }
}
