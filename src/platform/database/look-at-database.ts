import { readInstant } from "../clock/index.ts";
import type { Migration } from "./migrate.ts";
import type { Database } from "./open-database.ts";
import { PLATFORM_MIGRATIONS } from "./platform-migrations.ts";

/** What a database says of itself. */
export interface DatabaseFacts {
  /** Milliseconds from the question to the answer. */
  latency: number;
  /** The database's clock when it answered, in milliseconds since 1970, and how long ago that was at most. */
  clock: number;
  /** Such as `18.1`. */
  version: string;
  /** When its server started. */
  startedAt: number;
  /** Size of this database in bytes. */
  size: number;
  /** Sessions of all programs, and how many there may be. */
  connections: { used: number; limit: number };
  /** Of this process's own pool: how many calls wait for a session. */
  waiting: number;
  /** Steps of the schema that are missing, and those that only a newer version knows. */
  migrations: { missing: string[]; newer: string[] };
}

/** Reserved for the administrator when all others are taken. */
const QUESTION = `
select to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as clock,
  current_setting('server_version') as version,
  pg_postmaster_start_time() as started,
  pg_database_size(current_database()) as size,
  (select coalesce(sum(numbackends), 0)::integer from pg_stat_database) as used,
  current_setting('max_connections')::integer - current_setting('superuser_reserved_connections')::integer as room,
  (select array_agg(name order by name) from growth_engine.platform_migrations) as applied`;

interface Row {
  clock: string;
  version: string;
  started: number;
  size: number;
  used: number;
  room: number;
  applied: string[];
}

function compare(applied: readonly string[], known: readonly string[]): DatabaseFacts["migrations"] {
  return {
    missing: known.filter((name) => !applied.includes(name)),
    newer: applied.filter((name) => !known.includes(name)),
  };
}

/** Asks the database how it is, in one statement, and times it. */
export async function lookAtDatabase(
  { pool }: Pick<Database, "pool">,
  migrations: readonly Migration[],
): Promise<DatabaseFacts> {
  const { waitingCount } = pool;
  const asked = performance.now();
  // Timed by itself: the other is slow by nature, since it adds up files.
  await pool.query("select 1");
  const latency = performance.now() - asked;
  const { rows } = await pool.query<Row>(QUESTION);
  const [row] = rows;
  if (!row) throw new Error("the database answered nothing");
  return {
    latency,
    clock: readInstant(row.clock),
    version: row.version.split(" ")[0] ?? row.version,
    startedAt: row.started,
    size: row.size,
    connections: { used: row.used, limit: row.room },
    waiting: waitingCount,
    migrations: compare(
      row.applied,
      [...PLATFORM_MIGRATIONS, ...migrations].map(({ name }) => name),
    ),
  };
}
