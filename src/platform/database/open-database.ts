import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { Fault, messageOf, systemCode } from "../errors/index.ts";
import { createPool, parseDatabaseUrl, SESSION } from "./create-pool.ts";
import { type Migration, migrate } from "./migrate.ts";
import { type EmbeddedDatabase, openEmbedded } from "./open-embedded.ts";
import { openWriter, type Writer } from "./open-writer.ts";
import { PLATFORM_MIGRATIONS } from "./platform-migrations.ts";
import { inFleet, inServer, type Transaction } from "./transactions.ts";

export interface DatabaseOptions {
  env: NodeJS.ProcessEnv;
  /** Folder of the embedded server; null for the usual place. Not used with `DATABASE_URL`. */
  dataDir: string | null;
  version: string;
  migrations: readonly Migration[];
}

/** The database of a running control plane. */
export interface Database {
  /** Runs work in a transaction that sees one fleet (UUID) only. */
  inFleet<T>(fleet: string, work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** Runs work in a transaction that sees all fleets: signing in, jobs, metrics. */
  inServer<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** The connections, for what brings its own SQL: jobs, and writers of many rows. */
  pool: pg.Pool;
  /** A session of its own, outside of the pool, for LISTEN. */
  connect(): Promise<pg.Client>;
  /** A session of its own for a writer of many rows; it ends with the database. */
  openWriter(): Writer;
  /** One sentence for people: what database this is and where it lies. */
  says: string;
  /** Folder of the embedded server; null with `DATABASE_URL`. */
  folder: string | null;
  /** How often this process had to start the embedded server again; null with `DATABASE_URL`. */
  restarts(): number | null;
  /** Steps of the schema taken at this opening. */
  migrated: readonly string[];
  close(): Promise<void>;
}

function unavailable(cause: unknown, hint: string): Fault {
  return new Fault("DATABASE_UNAVAILABLE", `the database cannot be used: ${messageOf(cause)}`, {
    cause,
    hint,
  });
}

async function bringUp(config: pg.ClientConfig, migrations: readonly Migration[]): Promise<string[]> {
  // Waiting for another process's migration, and migrating, may take long.
  const client = new pg.Client({ ...config, ...SESSION, statement_timeout: 0 });
  await client.connect();
  try {
    return await migrate(client, [...PLATFORM_MIGRATIONS, ...migrations]);
  } finally {
    await client.end();
  }
}

/** insufficient_privilege: the account may not make roles. */
const MAY_NOT = "42501";

async function tryToBringUp(config: pg.ClientConfig, migrations: readonly Migration[]): Promise<string[]> {
  try {
    return await bringUp(config, migrations);
  } catch (error) {
    if (error instanceof Fault && systemCode(error.cause) === MAY_NOT) {
      throw unavailable(
        error,
        "as an administrator: CREATE ROLE growth_engine_fleet NOLOGIN; GRANT growth_engine_fleet TO <user>; GRANT CREATE ON DATABASE <database> TO <user>",
      );
    }
    if (error instanceof Fault) throw error;
    throw unavailable(
      error,
      "check DATABASE_URL, and that the server accepts connections: psql $DATABASE_URL",
    );
  }
}

function describe(config: pg.ClientConfig, embedded: EmbeddedDatabase | null): string {
  if (embedded) return embedded.says;
  const { hostname, pathname } = new URL(config.connectionString ?? "");
  return `PostgreSQL at ${hostname}${pathname}`;
}

/**
 * Opens the database that the environment names (`DATABASE_URL`), or starts the embedded one, and brings its schema up.
 * @throws Fault DATABASE_UNAVAILABLE, PLATFORM_UNSUPPORTED; Refusal INPUT_INVALID
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const url = options.env.DATABASE_URL;
  const embedded = url ? null : await openEmbedded(options);
  const config = embedded?.config ?? parseDatabaseUrl(url ?? "");
  try {
    const migrated = await tryToBringUp(config, options.migrations);
    const pool = createPool(config);
    const kysely = new Kysely<Record<never, never>>({ dialect: new PostgresDialect({ pool }) });
    const writers: Writer[] = [];
    return {
      inFleet: (fleet, work) => inFleet(kysely, fleet, work),
      inServer: (work) => inServer(kysely, work),
      pool,
      connect: async () => {
        const client = new pg.Client({ ...config, ...SESSION, statement_timeout: 0 });
        await client.connect();
        return client;
      },
      openWriter: () => {
        const writer = openWriter(config);
        writers.push(writer);
        return writer;
      },
      says: describe(config, embedded),
      folder: embedded?.folder ?? null,
      restarts: () => embedded?.restarts() ?? null,
      migrated,
      close: async () => {
        await Promise.all([pool.end(), ...writers.map((writer) => writer.close())]);
        await embedded?.close();
      },
    };
  } catch (error) {
    await embedded?.close();
    throw error;
  }
}
