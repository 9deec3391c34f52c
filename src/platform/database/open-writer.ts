import { Kysely, PostgresDialect, type PostgresPoolClient } from "kysely";
import type pg from "pg";
import { createPool } from "./create-pool.ts";
import { inServer, type Transaction } from "./transactions.ts";

/** A session that one writer has for itself: its transactions follow each other, its statements are planned once. */
export interface Writer {
  /** Runs work in a transaction that sees all fleets. */
  inServer<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** A statement beyond these is planned each time: texts that differ from call to call would fill the session. */
const MAX_PREPARED = 64;

const BEGIN = "begin";

/** Text of a statement → the name under which the server keeps its plan. */
function statementNames(): (text: string) => string | undefined {
  const names = new Map<string, string>();
  return (text) => {
    const known = names.get(text);
    if (known !== undefined || names.size >= MAX_PREPARED) return known;
    names.set(text, `growth_engine_${names.size}`);
    return names.get(text);
  };
}

function preparing(pool: pg.Pool): ConstructorParameters<typeof PostgresDialect>[0]["pool"] {
  const nameOf = statementNames();
  const query = async (client: pg.PoolClient, text: string, values: readonly unknown[]) => {
    if (text === BEGIN) {
      // Not waited for: the first statement follows it on the wire, and fails if it did.
      client.query(text).catch(() => undefined);
      return { command: "BEGIN", rowCount: 0, rows: [] };
    }
    const name = values.length > 0 ? nameOf(text) : undefined;
    return client.query({ text, values: [...values], ...(name === undefined ? {} : { name }) });
  };
  return {
    connect: async () => {
      const client = await pool.connect();
      return {
        query: (text: string, values: readonly unknown[]) => query(client, text, values),
        release: (error?: Error | boolean) => client.release(error),
      } as unknown as PostgresPoolClient;
    },
    end: () => pool.end(),
  };
}

/** Opens a writer; a session that is cut off is opened again by the next transaction. */
export function openWriter(config: pg.ClientConfig): Writer {
  const pool = createPool({ ...config, pipeline: true }, 1);
  const kysely = new Kysely<Record<never, never>>({
    dialect: new PostgresDialect({ pool: preparing(pool) }),
  });
  return { inServer: (work) => inServer(kysely, work), close: () => pool.end() };
}
