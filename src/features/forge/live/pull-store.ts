import { sql } from "kysely";
import { utcTimestamp } from "../../../platform/clock/index.ts";
import type { Transaction } from "../../../platform/database/index.ts";
import type { PullView, RunView } from "./contract.ts";

/** As they are read; times are milliseconds since 1970. */
type Times<T, K extends keyof T> = Omit<T, K> & { [P in K]: null extends T[P] ? number | null : number };
export type PullRow = Times<PullView, "opened_at" | "merged_at" | "updated_at">;
export type RunRow = Times<Omit<RunView, "seconds">, "created_at" | "started_at" | "completed_at">;

/** The newest verdict over a pull request's head. */
const verdictOf = (trust: "attested" | "claimed") => sql`(
  select v.verdict from guard_verdicts as v
  where (v.fleet_id, v.repository, v.head) = (p.fleet_id, p.repository, p.head)
    and (v.pull is null or v.pull = p.pull) and (v.trust = 'claimed') = ${sql.lit(trust === "claimed")}
  order by v.verdict_id desc limit 1)`;

/** Reviewers whose newest word with weight is this. */
const reviewers = (state: "approved" | "changes_requested") => sql`(
  select count(*)::int from (
    select distinct on (r.author) r.state from forge_reviews as r
    where (r.fleet_id, r.repository, r.pull) = (p.fleet_id, p.repository, p.pull) and r.state <> 'commented'
    order by r.author, r.submitted_at desc, r.review desc) as newest
  where newest.state = ${state})`;

export interface PullFilter {
  repository: string | undefined;
  pull: number | undefined;
  state: string | undefined;
  without_verdict: boolean | undefined;
  /** RFC 3339. */
  since: string | undefined;
  before: { at: number; repository: string; pull: number } | null;
  limit: number;
}

/** Newest first, by the forge's clock. */
export async function listPulls(
  transaction: Transaction,
  fleet: string,
  filter: PullFilter,
): Promise<PullRow[]> {
  const { repository, pull, state, without_verdict, since, before, limit } = filter;
  const { rows } = await sql<PullRow>`
    select p.repository, p.pull, p.title, p.author, p.state, p.is_draft, p.head, p.head_ref, p.base_ref, p.from_fork, p.url,
      p.opened_at, p.merged_at, p.updated_at, p.read_says as reading, ${reviewers("approved")} as approvals,
      ${reviewers("changes_requested")} as changes_requested, ${verdictOf("attested")} as verdict,
      ${verdictOf("claimed")} as claimed
    from forge_pulls as p where p.fleet_id = ${fleet}
      ${repository === undefined ? sql`` : sql`and p.repository = ${repository}`}
      ${pull === undefined ? sql`` : sql`and p.pull = ${pull}`}
      ${state === undefined ? sql`` : sql`and p.state = ${state}`}
      ${since === undefined ? sql`` : sql`and p.updated_at >= ${since}::timestamptz`}
      ${without_verdict ? sql`and ${verdictOf("attested")} is distinct from 'pass'` : sql``}
      ${before === null ? sql`` : sql`and (p.updated_at, p.repository, p.pull) < (${utcTimestamp(before.at)}::timestamptz, ${before.repository}, ${before.pull}::integer)`}
    order by p.updated_at desc, p.repository desc, p.pull desc limit ${limit}`.execute(transaction);
  return rows;
}

export interface RunFilter {
  repository: string | undefined;
  head: string | undefined;
  kind: string | undefined;
  conclusion: string | undefined;
  /** RFC 3339. */
  since: string | undefined;
  before: { at: number; run: string } | null;
  limit: number;
}

/** Newest first. */
export async function listRuns(
  transaction: Transaction,
  fleet: string,
  filter: RunFilter,
): Promise<RunRow[]> {
  const { repository, head, kind, conclusion, since, before, limit } = filter;
  const { rows } = await sql<RunRow>`
    select r.repository, r.kind, r.run, r.attempt, r.name, r.workflow, r.head, r.head_ref, r.status, r.conclusion,
      r.created_at, r.started_at, r.completed_at, r.failed_step, r.says, r.rules, r.url
    from forge_runs as r where r.fleet_id = ${fleet}
      ${repository === undefined ? sql`` : sql`and r.repository = ${repository}`}
      ${head === undefined ? sql`` : sql`and r.head = ${head}`}
      ${kind === undefined ? sql`` : sql`and r.kind = ${kind}`}
      ${conclusion === undefined ? sql`` : sql`and r.conclusion = ${conclusion}`}
      ${since === undefined ? sql`` : sql`and r.created_at >= ${since}::timestamptz`}
      ${before === null ? sql`` : sql`and (r.created_at, r.run) < (${utcTimestamp(before.at)}::timestamptz, ${before.run})`}
    order by r.created_at desc, r.run desc limit ${limit}`.execute(transaction);
  return rows;
}

/** A year and the weeks that a look back over it takes. */
const KEPT = "400 days";

export async function deleteOldRuns(transaction: Transaction, now: number): Promise<void> {
  await sql`delete from forge_runs where created_at < ${utcTimestamp(now)}::timestamptz - ${KEPT}::interval`.execute(
    transaction,
  );
}
