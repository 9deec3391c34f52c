import { sql } from "kysely";
import { utcTimestamp } from "../../../platform/clock/index.ts";
import type { Transaction } from "../../../platform/database/index.ts";
import type { PublishedVerdict, Trust, VerdictView } from "./contract.ts";

/** A verdict that is to be kept. */
export interface BroughtVerdict {
  repository: string;
  pull: number | null;
  /** Fit for PostgreSQL: no NUL, no half characters. */
  report: PublishedVerdict;
  /** SHA-256 of what was brought. */
  sum: Buffer;
  trust: Trust;
  broughtBy: string;
  workflow: string | null;
  runUrl: string | null;
}

/** A kept one; times are milliseconds since 1970. */
export interface VerdictRow extends Omit<VerdictView, "published_at"> {
  published_at: number;
}

const VIEW = sql`v.verdict_id as id, v.repository, v.pull, v.head, v.base, v.rules, v.verdict, v.trust, v.brought_by,
  v.workflow, v.run_url, v.published_at,
  coalesce((select jsonb_object_agg(a.guard, a.verdict) from guard_answers as a
    where (a.fleet_id, a.verdict_id) = (v.fleet_id, v.verdict_id)), '{}') as guards,
  (select coalesce(sum(f.findings), 0)::int from guard_findings as f
    where (f.fleet_id, f.verdict_id) = (v.fleet_id, v.verdict_id) and f.level = 'block') as blocking`;

/** Rises with what stands behind a verdict. */
const RANK = (column: ReturnType<typeof sql.ref>) =>
  sql`array_position(array['claimed', 'ci', 'server'], ${column})`;

/**
 * Keeps a verdict; one that is there already stays, and is said to be backed by the stronger of the two.
 * @returns its identifier, and whether it is new
 */
export async function upsertVerdict(
  transaction: Transaction,
  fleet: string,
  brought: BroughtVerdict,
  now: number,
): Promise<{ id: number; isNew: boolean }> {
  const { repository, pull, report, sum, trust, broughtBy, workflow, runUrl } = brought;
  const { rows } = await sql<{ id: number; is_new: boolean }>`
    insert into guard_verdicts as old (fleet_id, repository, pull, head, base, rules, sum, verdict, trust, brought_by,
      workflow, run_url, published_at, report)
    values (${fleet}, ${repository}, ${pull}, ${report.head}, ${report.base}, ${report.rules}, ${sum}, ${report.verdict},
      ${trust}, ${broughtBy}, ${workflow}, ${runUrl}, ${utcTimestamp(now)}, ${JSON.stringify(report)}::jsonb)
    on conflict (fleet_id, repository, pull, head, sum) do update set
      trust = excluded.trust, brought_by = excluded.brought_by, workflow = excluded.workflow, run_url = excluded.run_url
    where ${RANK(sql.ref("excluded.trust"))} > ${RANK(sql.ref("old.trust"))}
    returning verdict_id as id, xmax = 0 as is_new`.execute(transaction);
  if (rows[0]) return { id: rows[0].id, isNew: rows[0].is_new };
  const known = await sql<{ id: number }>`
    select verdict_id as id from guard_verdicts where fleet_id = ${fleet} and repository = ${repository}
      and pull is not distinct from ${pull} and head = ${report.head} and sum = ${sum}`.execute(transaction);
  return { id: known.rows[0]?.id ?? 0, isNew: false };
}

/** Keeps what the guards of a verdict answered and found. */
export async function insertAnswers(
  transaction: Transaction,
  fleet: string,
  id: number,
  { guards }: PublishedVerdict,
): Promise<void> {
  await sql`
    with answered as (
      select * from jsonb_to_recordset(${JSON.stringify(guards)}::jsonb) as guard(guard text, verdict text, findings jsonb)
    ), kept as (
      insert into guard_answers (fleet_id, verdict_id, guard, verdict)
      select ${fleet}::uuid, ${id}::bigint, guard, verdict from answered
    )
    insert into guard_findings (fleet_id, verdict_id, guard, rule, level, findings)
    select ${fleet}::uuid, ${id}::bigint, guard, finding ->> 'rule', finding ->> 'level', count(*)
    from answered, jsonb_array_elements(findings) as finding group by 1, 2, 3, 4, 5`.execute(transaction);
}

/** Which verdicts; what is undefined does not matter. */
export interface VerdictFilter {
  repository?: string | undefined;
  pull?: number | undefined;
  head?: string | undefined;
  guard?: string | undefined;
  verdict?: string | undefined;
  attested?: boolean | undefined;
  /** RFC 3339. */
  since?: string | undefined;
  /** Those before this identifier only. */
  before: number | null;
  limit: number;
}

/** Newest first. */
export async function listVerdicts(
  transaction: Transaction,
  fleet: string,
  filter: VerdictFilter,
): Promise<VerdictRow[]> {
  const { repository, pull, head, guard, verdict, attested, since, before, limit } = filter;
  const answered = sql`exists (select from guard_answers as a
    where (a.fleet_id, a.verdict_id) = (v.fleet_id, v.verdict_id) and a.guard = ${guard}
      and (${verdict ?? null}::text is null or a.verdict = ${verdict ?? null}))`;
  const { rows } = await sql<VerdictRow>`
    select ${VIEW} from guard_verdicts as v where v.fleet_id = ${fleet}
      and (${before}::bigint is null or v.verdict_id < ${before})
      ${repository === undefined ? sql`` : sql`and v.repository = ${repository}`}
      ${pull === undefined ? sql`` : sql`and v.pull = ${pull}`}
      ${head === undefined ? sql`` : sql`and v.head = ${head}`}
      ${since === undefined ? sql`` : sql`and v.published_at >= ${since}::timestamptz`}
      ${attested ? sql`and v.trust <> 'claimed'` : sql``}
      ${guard === undefined ? (verdict === undefined ? sql`` : sql`and v.verdict = ${verdict}`) : sql`and ${answered}`}
    order by v.verdict_id desc limit ${limit}`.execute(transaction);
  return rows;
}

/** One verdict with everything that it said. */
export async function findVerdict(
  transaction: Transaction,
  fleet: string,
  id: number,
): Promise<(VerdictRow & { report: PublishedVerdict }) | undefined> {
  const { rows } = await sql<VerdictRow & { report: PublishedVerdict }>`
    select ${VIEW}, v.report from guard_verdicts as v where v.fleet_id = ${fleet} and v.verdict_id = ${id}`.execute(
    transaction,
  );
  return rows[0];
}
