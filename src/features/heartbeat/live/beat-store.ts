import { CompiledQuery } from "kysely";
import type { Transaction } from "../../../platform/database/index.ts";
import type { CarriedBeat } from "./carry-over.ts";

/** What a row holds beside the columns of the table of beats. */
const COLUMNS = `fleet_id uuid, agent text, beat text, day date, received_at timestamptz, sent_at timestamptz,
  session text, task text, fence bigint, status text, progress text, file text, tool text, tool_call text,
  budget_s integer, waiting_for text, waiting_until timestamptz, tree text, result text`;
const KEPT = COLUMNS.replaceAll(/ (uuid|text|date|timestamptz|bigint|integer)/g, "");

/** Told again just after midnight, a beat lies in the partition of the day before. */
const TOLD_YESTERDAY = `where not exists (
  select from heartbeat_beats as told
  where (told.fleet_id, told.agent, told.beat, told.day) = (given.fleet_id, given.agent, given.beat, given.day - 1))`;

/**
 * One statement keeps the new beats and brings each agent's row up to its newest. The newest is the one that was
 * received last, whatever the agents' clocks say. A row's `deadline` moves only when silence counts from earlier than
 * before, or after a state that was not the beat's: too early is mended by the sweep, too late would be a fault.
 * A beat of a call that is known already leaves that call the budget that it has; one that names no task, tree or
 * result says nothing new of them.
 * @returns which of the rows, by their place, were there before
 */
function statement(seen: string): string {
  return `
with given as materialized (
  select * from json_to_recordset($1::json) as row(${COLUMNS}, says text, silent_from timestamptz, tool_until timestamptz,
    place integer, last_task text, last_fence bigint, last_progress text, last_tree text, last_result text)
), new as (
  insert into heartbeat_beats (${KEPT})
  select ${KEPT} from given ${seen}
  on conflict do nothing
  returning fleet_id, agent, beat
), newest as (
  select distinct on (fleet_id, agent) given.*
  from given join new using (fleet_id, agent, beat)
  order by fleet_id, agent, place desc
), standing as (
  insert into heartbeat_states as old (fleet_id, agent, state, state_since, says, silent_from, deadline, alive_at,
    sent_at, beat, session, task, task_since, fence, status, progress, file, tool, tool_call, tool_since, tool_until,
    waiting_for, waiting_until, tree, result, progressing_at)
  select fleet_id, agent, says, received_at, says, silent_from, silent_from, received_at,
    sent_at, beat, session, last_task, case when last_task is not null then received_at end, last_fence, status,
    last_progress, file, tool, tool_call,
    case when tool is not null then received_at end, tool_until,
    waiting_for, waiting_until, last_tree, last_result, received_at
  from newest
  on conflict (fleet_id, agent) do update set
    state = excluded.says,
    state_since = case when old.state = excluded.says then old.state_since else excluded.alive_at end,
    says = excluded.says,
    silent_from = case
      when old.tool = excluded.tool and old.tool_call = excluded.tool_call
      then case when excluded.silent_from is not null then greatest(excluded.alive_at, old.tool_until) end
      else excluded.silent_from end,
    deadline = case
      when excluded.silent_from is null then null
      when old.state = excluded.says and excluded.alive_at >= old.silent_from then old.deadline
      else excluded.alive_at end,
    alive_at = greatest(old.alive_at, excluded.alive_at),
    sent_at = excluded.sent_at, beat = excluded.beat, session = excluded.session,
    task = coalesce(excluded.task, old.task),
    task_since = case when excluded.task is distinct from old.task and excluded.task is not null
      then excluded.alive_at else old.task_since end,
    fence = case when excluded.task is distinct from old.task and excluded.task is not null
      then excluded.fence else coalesce(excluded.fence, old.fence) end,
    status = excluded.status,
    progress = case when excluded.task is distinct from old.task and excluded.task is not null
      then excluded.progress else coalesce(excluded.progress, old.progress) end,
    file = excluded.file,
    tool = excluded.tool, tool_call = excluded.tool_call,
    tool_since = case
      when old.tool = excluded.tool and old.tool_call = excluded.tool_call then old.tool_since
      when excluded.tool is not null then excluded.alive_at end,
    tool_until = case
      when old.tool = excluded.tool and old.tool_call = excluded.tool_call then old.tool_until
      else excluded.tool_until end,
    waiting_for = excluded.waiting_for, waiting_until = excluded.waiting_until,
    tree = coalesce(excluded.tree, old.tree), result = coalesce(excluded.result, old.result),
    progressing_at = case
      when (excluded.task is distinct from old.task and excluded.task is not null)
        or old.tree is distinct from coalesce(excluded.tree, old.tree)
        or old.result is distinct from coalesce(excluded.result, old.result)
      then excluded.alive_at else old.progressing_at end
)
select place from given where not exists (
  select from new where (new.fleet_id, new.agent, new.beat) = (given.fleet_id, given.agent, given.beat))`;
}

function rowOf({ beat, last }: CarriedBeat, place: number) {
  const { task, fence, progress, tree, result } = last;
  return {
    ...beat,
    place,
    last_task: task,
    last_fence: fence,
    last_progress: progress,
    last_tree: tree,
    last_result: result,
  };
}

const ALL_DAY = statement("");
const AFTER_MIDNIGHT = statement(TOLD_YESTERDAY);

/**
 * Keeps beats and brings the agents' rows up to date; no two of them may be the same beat.
 * @param isAfterMidnight whether the same beats may have come on the day before
 * @returns places of the beats that were there before
 */
export async function insertBeats(
  transaction: Transaction,
  beats: readonly CarriedBeat[],
  isAfterMidnight: boolean,
): Promise<Set<number>> {
  const rows = JSON.stringify(beats.map(rowOf));
  const query = CompiledQuery.raw(isAfterMidnight ? AFTER_MIDNIGHT : ALL_DAY, [rows]);
  const { rows: repeated } = await transaction.executeQuery<{ place: number }>(
    query as CompiledQuery<{ place: number }>,
  );
  return new Set(repeated.map(({ place }) => place));
}
