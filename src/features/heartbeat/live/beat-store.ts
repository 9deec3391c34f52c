import type { Writer } from "../../../platform/database/index.ts";
import {
  RENEWAL,
  RENEWAL_PARAMETERS,
  type Renewal,
  type RenewalAnswer,
  renewalParameters,
} from "../../task/index.ts";
import type { CarriedBeat } from "./carry-over.ts";
import type { ReceivedBeat } from "./received-beat.ts";

/** Beats that are written in one statement, and what goes with them. */
export interface Group {
  /** No two of them are the same beat. */
  beats: readonly ReceivedBeat[];
  /** Where they leave their agents. */
  agents: readonly CarriedBeat[];
  /** The leases that they carry, each once. */
  renewals: readonly Renewal[];
  /** Milliseconds since 1970. */
  now: number;
}

/** Why nothing of a group was written. */
export interface Objections {
  /** Place of a renewal (from 0) → why the lease is over. */
  over: Map<number, NonNullable<RenewalAnswer>>;
  /** Beats that were told before. */
  told: ReceivedBeat[];
}

/** Name of a column → its type. */
type Columns = Readonly<Record<string, string>>;
type Row = Record<string, unknown>;

const BEAT: Columns = {
  fleet_id: "uuid",
  agent: "text",
  beat: "text",
  day: "date",
  received_at: "timestamptz",
  sent_at: "timestamptz",
  session: "text",
  task: "text",
  fence: "bigint",
  status: "text",
  progress: "text",
  file: "text",
  tool: "text",
  tool_call: "text",
  budget_s: "integer",
  waiting_for: "text",
  waiting_until: "timestamptz",
  tree: "text",
  result: "text",
};
const AGENT: Columns = {
  ...BEAT,
  says: "text",
  silent_from: "timestamptz",
  tool_until: "timestamptz",
  last_task: "text",
  last_fence: "bigint",
  last_progress: "text",
  last_tree: "text",
  last_result: "text",
};
const NAME: Columns = { fleet_id: "uuid", agent: "text", beat: "text" };

const namesOf = (columns: Columns): string => Object.keys(columns).join(", ");

/**
 * Rows from one array for each column, as {@link arraysOf} makes them: an array of one value stands for that value in
 * every row, and one that is empty for null.
 */
function rowsFrom(columns: Columns, first: number): string {
  const arrays = Object.values(columns).map((type, index) => `$${first + index}::${type}[]`);
  const values = Object.keys(columns).map((name, index) => {
    const array = arrays[index];
    return `case when cardinality(${array}) = 1 then (${array})[1] else one.${name} end as ${name}`;
  });
  return `(select ${values.join(", ")}, place
    from unnest(${arrays.join(", ")}) with ordinality as one(${namesOf(columns)}, place)) as given`;
}

/** The values of a column; one value where all rows have the same, and none where it is null: less to send and read. */
function arrayOf(key: string, rows: readonly Row[]): unknown[] {
  const first = rows[0]?.[key] ?? null;
  if (rows.every((row) => (row[key] ?? null) === first)) return first === null ? [] : [first];
  return rows.map((row) => row[key] ?? null);
}

/** One array for each column, and last the places of the rows, which there are as many of as rows. */
function arraysOf(columns: Columns, rows: readonly object[]): unknown[] {
  return Object.keys(columns).map((key) => arrayOf(key, rows as readonly Row[]));
}

const FIRST_BEAT = RENEWAL_PARAMETERS + 1;
const FIRST_AGENT = FIRST_BEAT + Object.keys(BEAT).length;
const FIRST_NAME = FIRST_AGENT + Object.keys(AGENT).length;
const FIRST_DAY = FIRST_NAME + Object.keys(NAME).length;

const NONE_TOLD = "select 0 as place where false";
/** Told again just after midnight, a beat lies in the partition of the day before. */
const TOLD = `select place from ${rowsFrom(NAME, FIRST_NAME)}
  where exists (select from growth_engine.heartbeat_beats as known
    where (known.fleet_id, known.agent, known.beat) = (given.fleet_id, given.agent, given.beat)
      and known.day between $${FIRST_DAY}::date - 1 and $${FIRST_DAY + 1}::date)`;

/**
 * One statement renews leases, keeps beats and brings each agent's row up to its newest; where a lease is over or a
 * beat was told before, it keeps nothing and says which. The newest is the one that was received last, whatever the
 * agents' clocks say. A row's `deadline` moves only when silence counts from earlier than before, or after a state that
 * was not the beat's: too early is mended by the sweep, too late would be a fault. A beat of a call that is known
 * already leaves that call the budget that it has; one that names no task, tree or result says nothing new of them.
 */
function statement(told: string): string {
  return `
with ${RENEWAL}, told as (${told}), good_group as (
  select where not exists (select from answers where answer is not null) and not exists (select from told)
), kept as (
  insert into growth_engine.heartbeat_beats (${namesOf(BEAT)})
  select ${namesOf(BEAT)} from ${rowsFrom(BEAT, FIRST_BEAT)} where exists (select from good_group)
), standing as (
  insert into growth_engine.heartbeat_states as old (fleet_id, agent, state, state_since, says, silent_from, deadline,
    alive_at, sent_at, beat, session, task, task_since, fence, status, progress, file, tool, tool_call, tool_since,
    tool_until, waiting_for, waiting_until, tree, result, progressing_at)
  select fleet_id, agent, says, received_at, says, silent_from, silent_from, received_at,
    sent_at, beat, session, last_task, case when last_task is not null then received_at end, last_fence, status,
    last_progress, file, tool, tool_call,
    case when tool is not null then received_at end, tool_until,
    waiting_for, waiting_until, last_tree, last_result, received_at
  from ${rowsFrom(AGENT, FIRST_AGENT)} where exists (select from good_group) order by place
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
select place::integer, answer from answers where answer is not null
union all select place::integer, null from told`;
}

/** For beats that the server named itself, which nobody can have told before. */
const UNNAMED = statement(NONE_TOLD);
const NAMED = statement(TOLD);

function rowOf({ beat, last }: CarriedBeat) {
  const { task, fence, progress, tree, result } = last;
  return {
    ...beat,
    last_task: task,
    last_fence: fence,
    last_progress: progress,
    last_tree: tree,
    last_result: result,
  };
}

/** Days of the first and the last beat of a group, which may lie on both sides of midnight. */
function daysOf(beats: readonly ReceivedBeat[]): (string | undefined)[] {
  const days = beats.map(({ day }) => day).sort();
  return [days[0], days.at(-1)];
}

/**
 * Keeps a group of beats, or nothing of it.
 * @returns null when it is kept and durable, else what speaks against it
 */
export async function insertBeats(writer: Writer, group: Group): Promise<Objections | null> {
  const { beats, agents, renewals, now } = group;
  const named = beats.filter(({ is_named }) => is_named);
  const parameters = [
    ...renewalParameters(renewals, now),
    ...arraysOf(BEAT, beats),
    ...arraysOf(AGENT, agents.map(rowOf)),
  ];
  const rows = await writer.run<{ place: number; answer: RenewalAnswer }>(
    named.length === 0 ? UNNAMED : NAMED,
    named.length === 0 ? parameters : [...parameters, ...arraysOf(NAME, named), ...daysOf(named)],
  );
  if (rows.length === 0) return null;
  const over = rows.flatMap(({ place, answer }) => (answer === null ? [] : [[place - 1, answer] as const]));
  const told = rows.flatMap(({ place, answer }) => (answer === null ? named.slice(place - 1, place) : []));
  return { over: new Map(over), told };
}
