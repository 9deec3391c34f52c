import { sql } from "kysely";
import { utcTimestamp } from "../../../platform/clock/index.ts";
import type { Transaction } from "../../../platform/database/index.ts";
import type { QueryOf } from "../../../platform/endpoint/index.ts";
import { storableInstant } from "../../../vocabulary/storable.ts";
import { parseTimestamp } from "../../../vocabulary/timestamp.ts";
import type { listKept as Endpoint, KeptLineView, ToolUse } from "./contract.ts";

type Filter = QueryOf<typeof Endpoint>;

/** Where a page ended: the line's own time, its file and itself. */
export type Position = [at: string, place: string, sum: string, occurrence: number];

interface Row extends Omit<KeptLineView, "at" | "entry" | "brought_at" | "gone_at"> {
  at: number;
  line: string;
  brought_at: number;
  gone_at: number | null;
  place: string;
  occurrence: number;
}

function view(row: Row): KeptLineView {
  const { at, line, brought_at, gone_at, place: _, occurrence: __, ...rest } = row;
  return {
    ...rest,
    at: utcTimestamp(at),
    entry: JSON.parse(line) as KeptLineView["entry"],
    brought_at: utcTimestamp(brought_at),
    gone_at: gone_at === null ? null : utcTimestamp(gone_at),
  };
}

const storableTime = (text: string): string => utcTimestamp(storableInstant(parseTimestamp(text) ?? 0));

const same = (column: string, value: string | undefined) =>
  value === undefined ? sql`` : sql`and ${sql.ref(column)} = ${value}`;

const GONE = { with: sql``, without: sql`and gone_at is null`, only: sql`and gone_at is not null` };

/** Kept lines, newest first. */
export async function listKept(
  transaction: Transaction,
  fleet: string,
  filter: Filter,
  after: Position | null,
): Promise<{ items: KeptLineView[]; next: Position | null }> {
  const { since, until, limit } = filter;
  const { rows } = await sql<Row>`
    select repository, file, number, encode(sum, 'hex') as sum, agent, day::text as day, at, tool, doc_ref, request_id,
      task, session, outcome, line, brought_by, brought_at, gone_at, place, occurrence
    from evidence_lines
    where fleet_id = ${fleet}
      ${same("repository", filter.repository)} ${same("agent", filter.agent)} ${same("task", filter.task)}
      ${same("tool", filter.tool)} ${same("session", filter.session)} ${GONE[filter.gone]}
      ${since === undefined ? sql`` : sql`and at >= ${storableTime(since)}::timestamptz`}
      ${until === undefined ? sql`` : sql`and at <= ${storableTime(until)}::timestamptz`}
      ${after === null ? sql`` : sql`and (at, place, sum, occurrence) < (${storableTime(after[0])}::timestamptz, ${after[1]}::uuid, decode(${after[2]}, 'hex'), ${after[3]}::integer)`}
    order by at desc, place desc, evidence_lines.sum desc, occurrence desc limit ${limit}`.execute(
    transaction,
  );
  const last = rows.at(-1);
  const next: Position | null =
    last && rows.length === limit ? [utcTimestamp(last.at), last.place, last.sum, last.occurrence] : null;
  return { items: rows.map(view), next };
}

/** Lines since an instant by agent, repository and tool; the busiest first. */
export async function readUse(transaction: Transaction, fleet: string, since: string): Promise<ToolUse[]> {
  const { rows } = await sql<Omit<ToolUse, "last_at"> & { last_at: number }>`
    select agent, repository, tool, count(*)::integer as lines, count(distinct task)::integer as tasks,
      (count(*) filter (where outcome <> 'ok'))::integer as errors, max(at) as last_at
    from evidence_lines where fleet_id = ${fleet} and at >= ${since}::timestamptz
    group by agent, repository, tool order by lines desc, agent, repository, tool limit 500`.execute(
    transaction,
  );
  return rows.map((row) => ({ ...row, last_at: utcTimestamp(row.last_at) }));
}
