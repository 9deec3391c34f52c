import pg from "pg";
import { readInstant } from "../clock/index.ts";
import { messageOf, Refusal } from "../errors/index.ts";
import { PreparedClient } from "./prepared-client.ts";

/** How the sessions of `serve` are called in the database's own views. */
export const APPLICATION = "growth-engine";

const CONNECTIONS = 20;
const CONNECT_MS = 5_000;
/** Longer than any statement of ours takes on a healthy server; what waits longer would hold up everybody else. */
const STATEMENT_MS = 15_000;
const IDLE_IN_TRANSACTION_MS = 30_000;

/** Numbers beyond 2^53 do not occur in ours: fence tokens, counts and sizes. */
const INT8 = 20;
const TIMESTAMPTZ = 1184;

pg.types.setTypeParser(INT8, Number);
// As milliseconds since 1970, the one form of time inside the product.
pg.types.setTypeParser(TIMESTAMPTZ, readInstant);

/** What all sessions share. */
export const SESSION = {
  application_name: APPLICATION,
  connectionTimeoutMillis: CONNECT_MS,
  statement_timeout: STATEMENT_MS,
  idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
  keepAlive: true,
  options: "-c search_path=growth_engine -c timezone=UTC",
} as const;

/** Checks a `DATABASE_URL` without connecting. Its password never stands in a message. */
export function parseDatabaseUrl(url: string): pg.ClientConfig {
  try {
    const { protocol } = new URL(url);
    if (!["postgres:", "postgresql:"].includes(protocol)) throw new Error(`it begins with ${protocol}`);
  } catch (error) {
    const why = error instanceof TypeError ? "it is no address" : messageOf(error);
    throw new Refusal("INPUT_INVALID", `DATABASE_URL does not name a PostgreSQL database: ${why}`, {
      hint: "DATABASE_URL=postgres://user:password@host:5432/database growth-engine serve",
    });
  }
  return { connectionString: url };
}

/** Sessions of one use: the many of all calls, or the one of a writer. */
export function createPool(config: pg.ClientConfig, max = CONNECTIONS): pg.Pool {
  const pool = new pg.Pool({ ...config, ...SESSION, max, Client: PreparedClient });
  // An idle session that the server ends is no event: the next query opens another.
  pool.on("error", () => undefined);
  // One that it ends between two statements of a transaction fails with the next statement.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}
