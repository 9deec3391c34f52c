import { sql } from "kysely";
import { utcTimestamp } from "../../../platform/clock/index.ts";
import type { Transaction } from "../../../platform/database/index.ts";

/** Which runs. */
export interface RunsFilter {
  repository: string | undefined;
  /** Milliseconds since 1970. */
  since: number;
}

/** Conclusions that say no (docs.github.com, conclusions of checks). Cancelled and skipped ones say nothing. */
const FAILED = ["failure", "timed_out", "startup_failure"];
const ENDED = [...FAILED, "success", "neutral"];
/** Words by which our own checks and steps are told. */
const OURS = "(guard-mcp|idle-guard|dev-mcp-ban|^witness$|growth-engine)";

/** What ended since then, of the coarsest kind that the forge tells of a repository: a run's jobs and checks are parts of it. */
function ended(fleet: string, { repository, since }: RunsFilter) {
  const here = sql`r.fleet_id = ${fleet}::uuid and r.created_at >= ${utcTimestamp(since)}::timestamptz and r.status = 'completed'
    ${repository === undefined ? sql`` : sql`and r.repository = ${repository}`}`;
  return sql`kinds as (
      select r.repository, min(array_position(array['workflow', 'check', 'status'], r.kind)) as kind
      from forge_runs as r where ${here} and r.kind in ('workflow', 'check', 'status') group by r.repository
    ), ended as (
      select r.*, coalesce(r.workflow, r.name) as of_workflow, r.conclusion = any(${FAILED}) as has_failed,
        r.conclusion = any(${ENDED}) as counts,
        extract(epoch from r.completed_at - coalesce(r.started_at, r.created_at))::float8 as seconds
      from forge_runs as r join kinds using (repository)
      where ${here} and array_position(array['workflow', 'check', 'status'], r.kind) = kinds.kind
    )`;
}

/** Percentiles are the nearest of the values (percentile_disc). */
const NUMBERS = sql`count(*) filter (where counts)::int as runs, count(*) filter (where has_failed)::int as failed,
  percentile_disc(0.5) within group (order by seconds) filter (where counts and seconds >= 0) as median_seconds,
  percentile_disc(0.95) within group (order by seconds) filter (where counts and seconds >= 0) as p95_seconds`;

export interface Numbers {
  runs: number;
  failed: number;
  median_seconds: number | null;
  p95_seconds: number | null;
}

/** The parts of a failed run: itself, its jobs, and the checks over its commit. */
const PARTS = sql`(select part.name, part.failed_step, part.rules from forge_runs as part
  where part.fleet_id = e.fleet_id and part.repository = e.repository and part.head = e.head
    and part.conclusion = any(${FAILED})
    and (part.kind <> 'job' or part.parent = e.run) and (part.kind <> 'workflow' or part.run = e.run)) as part`;

/** All of it together, with what of it was ours. */
export async function measureAll(transaction: Transaction, fleet: string, filter: RunsFilter) {
  const { rows } = await sql<Numbers & { cancelled: number; plugin: number; guards: number }>`
    with ${ended(fleet, filter)}, failures as (
      select exists (select from ${PARTS} where part.name ~* ${OURS} or part.failed_step ~* ${OURS}) as is_guard,
        exists (select from ${PARTS}, unnest(part.rules) as rule where rule like 'ban/%' and part.name !~* ${OURS})
          or exists (select from guard_verdicts as v join guard_findings as f using (fleet_id, verdict_id)
            where (v.fleet_id, v.repository, v.head) = (e.fleet_id, e.repository, e.head)
              and f.rule = 'ban/bundle' and f.level = 'block') as is_plugin
      from ended as e where e.has_failed
    )
    select ${NUMBERS}, count(*) filter (where conclusion = 'cancelled')::int as cancelled,
      (select count(*) filter (where is_plugin) from failures)::int as plugin,
      (select count(*) filter (where is_guard) from failures)::int as guards
    from ended`.execute(transaction);
  return rows[0] as Numbers & { cancelled: number; plugin: number; guards: number };
}

const MOST = 30;

/** By workflow; times are milliseconds since 1970. */
export async function measureWorkflows(transaction: Transaction, fleet: string, filter: RunsFilter) {
  const { rows } = await sql<
    Numbers & { repository: string; workflow: string; last: string; last_at: number }
  >`
    with ${ended(fleet, filter)}
    select repository, of_workflow as workflow, ${NUMBERS}, (array_agg(conclusion order by created_at desc))[1] as last,
      max(created_at) as last_at
    from ended group by repository, of_workflow having count(*) filter (where counts) > 0
    order by failed desc, runs desc, repository, workflow limit ${MOST}`.execute(transaction);
  return rows;
}

export async function measureWeeks(transaction: Transaction, fleet: string, filter: RunsFilter) {
  const { rows } = await sql<Numbers & { week: string }>`
    with ${ended(fleet, filter)}
    select to_char(date_trunc('week', created_at at time zone 'UTC'), 'YYYY-MM-DD') as week, ${NUMBERS}
    from ended group by week having count(*) filter (where counts) > 0 order by week`.execute(transaction);
  return rows;
}

/** What failed, as near as the forge tells: jobs with their steps, else the checks or runs themselves. */
export async function countCauses(
  transaction: Transaction,
  fleet: string,
  { repository, since }: RunsFilter,
) {
  const { rows } = await sql<{
    repository: string;
    name: string;
    step: string | null;
    conclusion: string;
    times: number;
    last_at: number;
    rules: string[];
  }>`
    with failures as (
      select r.*, array_position(array['job', 'check', 'status', 'workflow'], r.kind) as nearness,
        min(array_position(array['job', 'check', 'status', 'workflow'], r.kind)) over (partition by r.repository, r.head) as nearest
      from forge_runs as r where r.fleet_id = ${fleet}::uuid and r.created_at >= ${utcTimestamp(since)}::timestamptz
        and r.conclusion = any(${FAILED}) and r.kind <> 'suite'
        ${repository === undefined ? sql`` : sql`and r.repository = ${repository}`}
    )
    select repository, name, failed_step as step, conclusion, count(*)::int as times, max(created_at) as last_at,
      coalesce((select array_agg(distinct rule order by rule) from unnest(string_to_array(
        string_agg(array_to_string(rules, ' '), ' '), ' ')) as rule where rule <> ''), '{}') as rules
    from failures where nearness = nearest
    group by repository, name, failed_step, conclusion order by times desc, last_at desc, name limit ${MOST}`.execute(
    transaction,
  );
  return rows;
}
