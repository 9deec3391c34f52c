import { sql } from "kysely";
import { utcTimestamp } from "../../../platform/clock/index.ts";
import type { Transaction } from "../../../platform/database/index.ts";
import type { Rates } from "./contract.ts";

/** Which verdicts are counted. */
export interface RatesFilter {
  repository: string | undefined;
  pull: number | undefined;
  attested: boolean | undefined;
  /** Milliseconds since 1970. */
  since: number;
}

/** The verdicts that are counted, under the name `v`. */
function counted(fleet: string, { repository, pull, attested, since }: RatesFilter) {
  return sql`guard_verdicts as v where v.fleet_id = ${fleet} and v.published_at >= ${utcTimestamp(since)}::timestamptz
    ${repository === undefined ? sql`` : sql`and v.repository = ${repository}`}
    ${pull === undefined ? sql`` : sql`and v.pull = ${pull}`}
    ${attested ? sql`and v.trust <> 'claimed'` : sql``}`;
}

export async function countVerdicts(transaction: Transaction, fleet: string, filter: RatesFilter) {
  const { rows } = await sql<{ verdicts: number; attested: number }>`
    select count(*)::int as verdicts, count(*) filter (where v.trust <> 'claimed')::int as attested
    from ${counted(fleet, filter)}`.execute(transaction);
  return rows[0] ?? { verdicts: 0, attested: 0 };
}

/** What each guard answered, how often. */
export async function countAnswers(transaction: Transaction, fleet: string, filter: RatesFilter) {
  const { rows } = await sql<Omit<Rates["guards"][number], "share">>`
    with told as (select v.fleet_id, v.verdict_id from ${counted(fleet, filter)})
    select a.guard, count(*) filter (where a.verdict = 'pass')::int as passed,
      count(*) filter (where a.verdict = 'fail')::int as failed,
      count(*) filter (where a.verdict = 'error')::int as errors,
      count(*) filter (where a.verdict = 'not-applicable')::int as not_applicable
    from told join guard_answers as a using (fleet_id, verdict_id) group by a.guard order by a.guard`.execute(
    transaction,
  );
  return rows;
}

const MOST = 20;

/** The rules that stand in most verdicts. */
export async function countRules(transaction: Transaction, fleet: string, filter: RatesFilter) {
  const { rows } = await sql<Rates["rules"][number]>`
    with told as (select v.fleet_id, v.verdict_id from ${counted(fleet, filter)})
    select f.rule, f.level, sum(f.findings)::int as findings, count(distinct verdict_id)::int as verdicts
    from told join guard_findings as f using (fleet_id, verdict_id)
    group by f.rule, f.level order by verdicts desc, findings desc, f.rule, f.level limit ${MOST}`.execute(
    transaction,
  );
  return rows;
}

/**
 * How long failures lasted: from the first `fail` of a pull request to its next `pass`. `error` says nothing of the
 * change, and neither begins nor ends one. Percentiles are the nearest of the values (percentile_disc).
 */
export async function measureResolution(transaction: Transaction, fleet: string, filter: RatesFilter) {
  const { rows } = await sql<{ resolved: number; open: number; median: number | null; p95: number | null }>`
    with told as (
      select v.repository, v.pull, v.verdict_id, v.published_at, v.verdict,
        lag(v.verdict) over (partition by v.repository, v.pull order by v.verdict_id) as before
      from ${counted(fleet, filter)} and v.pull is not null and v.verdict <> 'error'
    ), lasted as (
      select extract(epoch from (
        select min(later.published_at) from told as later
        where (later.repository, later.pull) = (began.repository, began.pull) and later.verdict = 'pass'
          and later.verdict_id > began.verdict_id) - began.published_at)::float8 as seconds
      from told as began where began.verdict = 'fail' and began.before is distinct from 'fail'
    )
    select count(seconds)::int as resolved, (count(*) - count(seconds))::int as open,
      percentile_disc(0.5) within group (order by seconds) as median,
      percentile_disc(0.95) within group (order by seconds) as p95
    from lasted`.execute(transaction);
  return rows[0] ?? { resolved: 0, open: 0, median: null, p95: null };
}
