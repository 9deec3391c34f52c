import { sql } from "kysely";
import { utcTimestamp } from "../../../../platform/clock/index.ts";
import type { Transaction } from "../../../../platform/database/index.ts";
import type { QueryOf } from "../../../../platform/endpoint/index.ts";
import { storableInstant } from "../../../../vocabulary/storable.ts";
import { parseTimestamp } from "../../../../vocabulary/timestamp.ts";
import type { listRecords as Endpoint, RecordView } from "./contract.ts";

/** Where a page ended: the line's own time, its file and itself. */
export type Position = [at: string, place: string, sum: string, occurrence: number];

interface Row extends Omit<RecordView, "at" | "brought_at" | "gone_at"> {
  at: number;
  brought_at: number;
  gone_at: number | null;
  place: string;
  sum: string;
  occurrence: number;
}

function view(row: Row): RecordView {
  const { at, brought_at, gone_at, place: _, sum: __, occurrence: ___, ...rest } = row;
  return {
    ...rest,
    at: utcTimestamp(at),
    brought_at: utcTimestamp(brought_at),
    gone_at: gone_at === null ? null : utcTimestamp(gone_at),
  };
}

const storableTime = (text: string): string => utcTimestamp(storableInstant(parseTimestamp(text) ?? 0));

const same = (column: string, value: string | undefined) =>
  value === undefined ? sql`` : sql`and ${sql.ref(column)} = ${value}`;

/** Heartbeat lines, newest first. */
export async function listRecords(
  transaction: Transaction,
  fleet: string,
  { repository, agent, task, limit }: QueryOf<typeof Endpoint>,
  after: Position | null,
): Promise<{ items: RecordView[]; next: Position | null }> {
  const { rows } = await sql<Row>`
    select repository, file, number, agent, task, status, at, progress, session, brought_by, brought_at, gone_at, place,
      encode(sum, 'hex') as sum, occurrence
    from heartbeat_records
    where fleet_id = ${fleet} ${same("repository", repository)} ${same("agent", agent)} ${same("task", task)}
      ${after === null ? sql`` : sql`and (at, place, sum, occurrence) < (${storableTime(after[0])}::timestamptz, ${after[1]}::uuid, decode(${after[2]}, 'hex'), ${after[3]}::integer)`}
    order by at desc, place desc, heartbeat_records.sum desc, occurrence desc limit ${limit}`.execute(
    transaction,
  );
  const last = rows.at(-1);
  const next: Position | null =
    last && rows.length === limit ? [utcTimestamp(last.at), last.place, last.sum, last.occurrence] : null;
  return { items: rows.map(view), next };
}
