import { CompiledQuery, sql } from "kysely";
import type { Transaction } from "../../../platform/database/index.ts";
import type { Bringing, KeptCounts, KeptLine, KeptLines, LineName } from "../../../vocabulary/kept-line.ts";

/** An evidence line as it is kept, with what is asked for in columns of its own. */
export interface KeptEvidence extends KeptLine {
  tool: string;
  doc_ref: string;
  request_id: string;
  /** RFC 3339. */
  at: string;
  task: string | null;
  session: string | null;
  outcome: string | null;
}

const OF_FILE = "place uuid, day date, repository text, file text, agent text";
const OF_LINE = `sum bytea, occurrence integer, number integer, tool text, doc_ref text, request_id text, at timestamptz, task text, session text, outcome text,
  line text`;
const NAMES = `${OF_FILE}, ${OF_LINE}`.replaceAll(/ (uuid|bytea|integer|date|text|timestamptz)/g, "");

/** A line that is here is left as it is, unless it had been given up. */
const INSERT = `
with put as (
  insert into evidence_lines as old (fleet_id, ${NAMES}, brought_by, brought_at)
  select $3::uuid, ${NAMES}, $4, $5::timestamptz
  from json_to_recordset($1::json) as of_file(which integer, ${OF_FILE})
  join json_to_recordset($2::json) as of_line(which integer, ${OF_LINE}) using (which)
  on conflict (fleet_id, place, sum, occurrence, day) do update set gone_at = null where old.gone_at is not null
  returning brought_at
)
select count(*) filter (where brought_at = $5::timestamptz) as received,
  count(*) filter (where brought_at <> $5::timestamptz) as returned
from put`;

/** Keeps lines, each once; no two of them may be the same. */
export async function keepLines(
  transaction: Transaction,
  fleet: string,
  given: readonly KeptLines<KeptEvidence>[],
  { by, at }: Bringing,
): Promise<KeptCounts> {
  const files = given.map(({ file }, which) => ({ which, ...file }));
  const lines = given.flatMap((of, which) =>
    of.lines.map((line) => ({ ...line, which, sum: `\\x${line.sum}` })),
  );
  if (lines.length === 0) return { received: 0, returned: 0 };
  const values = [JSON.stringify(files), JSON.stringify(lines), fleet, by, at];
  const query = CompiledQuery.raw(INSERT, values) as CompiledQuery<KeptCounts>;
  const { rows: counts } = await transaction.executeQuery<KeptCounts>(query);
  return counts[0] ?? { received: 0, returned: 0 };
}

/** Notes of lines that no checkout holds them any more. @returns of how many that is new */
export async function giveUpLines(
  transaction: Transaction,
  fleet: string,
  place: string,
  lines: readonly LineName[],
  at: string,
): Promise<number> {
  const rows = JSON.stringify(lines.map(({ sum, occurrence }) => ({ sum: `\\x${sum}`, occurrence })));
  const { numAffectedRows } = await sql`
    update evidence_lines set gone_at = ${at}::timestamptz
    from json_to_recordset(${rows}::json) as gone(sum bytea, occurrence integer)
    where fleet_id = ${fleet} and place = ${place}::uuid and gone_at is null
      and (evidence_lines.sum, evidence_lines.occurrence) = (gone.sum, gone.occurrence)`.execute(transaction);
  return Number(numAffectedRows ?? 0);
}

/** Which of these sums a file's kept lines have, as hexadecimal. */
export async function findSums(
  transaction: Transaction,
  fleet: string,
  place: string,
  sums: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql<{ sum: string }>`
    select given.sum from unnest(${sums}::text[]) as given(sum)
    where exists (select from evidence_lines as kept
      where kept.fleet_id = ${fleet} and kept.place = ${place}::uuid and kept.sum = decode(given.sum, 'hex'))`.execute(
    transaction,
  );
  return new Set(rows.map(({ sum }) => sum));
}
