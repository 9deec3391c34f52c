import { sql } from "kysely";
import { utcTimestamp } from "../../../../platform/clock/index.ts";
import type { Transaction } from "../../../../platform/database/index.ts";
import type { PullFact, ReviewFact, RunFact } from "./facts.ts";

/**
 * Brings a pull request up to what an event says; an event that is older by the forge's clock changes nothing, nor does
 * one of the same second that would take a merge back. A fork's is due to be read when its head or its text is new.
 * @returns whether anything newer was told
 */
export async function upsertPull(
  transaction: Transaction,
  fleet: string,
  repository: string,
  fact: PullFact,
  now: number,
): Promise<boolean> {
  const due = fact.fromFork && fact.state === "open" ? utcTimestamp(now) : null;
  const { rows } = await sql`
    insert into forge_pulls as old (fleet_id, repository, pull, title, body, author, state, is_draft, head, head_ref, base,
      base_ref, from_fork, url, opened_at, closed_at, merged_at, merge_commit, updated_at, read_due)
    values (${fleet}, ${repository}, ${fact.pull}, ${fact.title}, ${fact.body}, ${fact.author ?? ""}, ${fact.state},
      ${fact.isDraft}, ${fact.head}, ${fact.headRef}, ${fact.base}, ${fact.baseRef}, ${fact.fromFork}, ${fact.url},
      ${fact.openedAt}, ${fact.closedAt}, ${fact.mergedAt}, ${fact.mergeCommit}, ${fact.updatedAt}, ${due})
    on conflict (fleet_id, repository, pull) do update set title = excluded.title, body = excluded.body,
      author = coalesce(nullif(excluded.author, ''), old.author), state = excluded.state, is_draft = excluded.is_draft,
      head = excluded.head, head_ref = excluded.head_ref, base = coalesce(excluded.base, old.base),
      base_ref = excluded.base_ref, from_fork = excluded.from_fork, url = excluded.url, closed_at = excluded.closed_at,
      merged_at = case when excluded.state = 'merged' then coalesce(old.merged_at, excluded.merged_at) end,
      merge_commit = excluded.merge_commit, updated_at = excluded.updated_at,
      read_due = case when excluded.read_due is null then null
        when (old.head, old.body, old.base_ref) is distinct from (excluded.head, excluded.body, excluded.base_ref)
        then excluded.read_due else old.read_due end,
      read_tries = case when old.head = excluded.head then old.read_tries else 0 end
    where old.updated_at < excluded.updated_at
      or (old.updated_at = excluded.updated_at and (old.state <> 'merged' or excluded.state = 'merged'))
    returning 1`.execute(transaction);
  return rows.length === 1;
}

/** Remembers that a commit was the head of a pull request, also when the event came late. */
export async function insertHead(
  transaction: Transaction,
  fleet: string,
  repository: string,
  { pull, head }: PullFact,
  now: number,
): Promise<void> {
  await sql`insert into forge_heads (fleet_id, repository, pull, head, seen_at)
    values (${fleet}, ${repository}, ${pull}, ${head}, ${utcTimestamp(now)}) on conflict do nothing`.execute(
    transaction,
  );
}

/** @returns whether anything newer was told */
export async function upsertReview(
  transaction: Transaction,
  fleet: string,
  repository: string,
  fact: ReviewFact,
): Promise<boolean> {
  const { rows } = await sql`
    insert into forge_reviews as old (fleet_id, repository, review, pull, author, state, head, submitted_at, updated_at)
    values (${fleet}, ${repository}, ${fact.review}, ${fact.pull}, ${fact.author}, ${fact.state}, ${fact.head},
      ${fact.submittedAt}, ${fact.updatedAt})
    on conflict (fleet_id, repository, review) do update set state = excluded.state, author = excluded.author,
      updated_at = excluded.updated_at
    where old.updated_at < excluded.updated_at
      or (old.updated_at = excluded.updated_at and old.state <> 'dismissed')
    returning 1`.execute(transaction);
  return rows.length === 1;
}

/** Later than its parts say it is: waiting, then running, then completed, and never back within one attempt. */
const STEP = (column: ReturnType<typeof sql.ref>) =>
  sql`array_position(array['waiting', 'running', 'completed'], ${column})`;

/** @returns whether anything newer was told */
export async function upsertRun(
  transaction: Transaction,
  fleet: string,
  repository: string,
  fact: RunFact,
): Promise<boolean> {
  const { rows } = await sql`
    insert into forge_runs as old (fleet_id, repository, kind, run, attempt, parent, name, workflow, head, head_ref, event,
      status, conclusion, created_at, started_at, completed_at, updated_at, url, failed_step, says, rules)
    values (${fleet}, ${repository}, ${fact.kind}, ${fact.run}, ${fact.attempt}, ${fact.parent}, ${fact.name},
      ${fact.workflow}, ${fact.head}, ${fact.headRef}, ${fact.event}, ${fact.status}, ${fact.conclusion},
      ${fact.createdAt}, ${fact.startedAt}, ${fact.completedAt}, ${fact.updatedAt}, ${fact.url}, ${fact.failedStep},
      ${fact.says}, ${fact.rules})
    on conflict (fleet_id, repository, kind, run, attempt) do update set name = excluded.name,
      workflow = coalesce(excluded.workflow, old.workflow), status = excluded.status, conclusion = excluded.conclusion,
      created_at = least(old.created_at, excluded.created_at),
      started_at = coalesce(excluded.started_at, old.started_at), completed_at = excluded.completed_at,
      updated_at = excluded.updated_at, url = coalesce(excluded.url, old.url), failed_step = excluded.failed_step,
      says = excluded.says, rules = excluded.rules
    where ${STEP(sql.ref("excluded.status"))} > ${STEP(sql.ref("old.status"))}
      or (${STEP(sql.ref("excluded.status"))} = ${STEP(sql.ref("old.status"))} and excluded.updated_at >= old.updated_at)
    returning 1`.execute(transaction);
  return rows.length === 1;
}
