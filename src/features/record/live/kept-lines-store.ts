import { CompiledQuery, sql } from "kysely";
import type { Transaction } from "../../../platform/database/index.ts";
import type { Bringing, KeptCounts, KeptLine, KeptLines, LineName } from "../../../vocabulary/kept-line.ts";

/** A table of lines of record files: what all of these have, and what is asked for of its own. */
export interface KeptTable {
  name: string;
  /** Its own columns with their types, as `tool text, at timestamptz`. */
  columns: string;
}

const OF_FILE = "place uuid, day date, repository text, file text, agent text";
const namesOf = (columns: string): string =>
  columns.replaceAll(/ (uuid|bytea|integer|date|text|timestamptz)/g, "");

/** A line that is here is left as it is, unless it had been given up. */
function insertInto({ name, columns }: KeptTable): string {
  const ofLine = `sum bytea, occurrence integer, number integer, ${columns}, line text`;
  const names = namesOf(`${OF_FILE}, ${ofLine}`);
  return `
with put as (
  insert into ${name} as old (fleet_id, ${names}, brought_by, brought_at)
  select $3::uuid, ${names}, $4, $5::timestamptz
  from json_to_recordset($1::json) as of_file(which integer, ${OF_FILE})
  join json_to_recordset($2::json) as of_line(which integer, ${ofLine}) using (which)
  on conflict (fleet_id, place, sum, occurrence, day) do update set gone_at = null where old.gone_at is not null
  returning brought_at
)
select count(*) filter (where brought_at = $5::timestamptz) as received,
  count(*) filter (where brought_at <> $5::timestamptz) as returned
from put`;
}

/** What is done with the lines of such a table. */
export interface KeptLineStore<Line extends KeptLine> {
  /** Keeps lines, each once; no two of them may be the same. */
  keep(
    transaction: Transaction,
    fleet: string,
    given: readonly KeptLines<Line>[],
    bringing: Bringing,
  ): Promise<KeptCounts>;
  /** Notes of lines that no checkout holds them any more. @returns of how many that is new */
  giveUp(
    transaction: Transaction,
    fleet: string,
    place: string,
    lines: readonly LineName[],
    at: string,
  ): Promise<number>;
  /** Which of these sums a file's kept lines have, as hexadecimal. */
  findSums(
    transaction: Transaction,
    fleet: string,
    place: string,
    sums: readonly string[],
  ): Promise<Set<string>>;
}

/** The lines of a table of record files. */
export function keptLines<Line extends KeptLine>(table: KeptTable): KeptLineStore<Line> {
  const insert = insertInto(table);
  const name = sql.table(table.name);
  return {
    keep: async (transaction, fleet, given, { by, at }) => {
      const files = given.map(({ file }, which) => ({ which, ...file }));
      const lines = given.flatMap((of, which) =>
        of.lines.map((line) => ({ ...line, which, sum: `\\x${line.sum}` })),
      );
      if (lines.length === 0) return { received: 0, returned: 0 };
      const values = [JSON.stringify(files), JSON.stringify(lines), fleet, by, at];
      const query = CompiledQuery.raw(insert, values) as CompiledQuery<KeptCounts>;
      const { rows: counts } = await transaction.executeQuery<KeptCounts>(query);
      return counts[0] ?? { received: 0, returned: 0 };
    },
    giveUp: async (transaction, fleet, place, lines, at) => {
      const rows = JSON.stringify(lines.map(({ sum, occurrence }) => ({ sum: `\\x${sum}`, occurrence })));
      const { numAffectedRows } = await sql`
        update ${name} as kept set gone_at = ${at}::timestamptz
        from json_to_recordset(${rows}::json) as gone(sum bytea, occurrence integer)
        where kept.fleet_id = ${fleet} and kept.place = ${place}::uuid and kept.gone_at is null
          and (kept.sum, kept.occurrence) = (gone.sum, gone.occurrence)`.execute(transaction);
      return Number(numAffectedRows ?? 0);
    },
    findSums: async (transaction, fleet, place, sums) => {
      const { rows } = await sql<{ sum: string }>`
        select given.sum from unnest(${sums}::text[]) as given(sum)
        where exists (select from ${name} as kept
          where kept.fleet_id = ${fleet} and kept.place = ${place}::uuid and kept.sum = decode(given.sum, 'hex'))`.execute(
        transaction,
      );
      return new Set(rows.map(({ sum }) => sum));
    },
  };
}
