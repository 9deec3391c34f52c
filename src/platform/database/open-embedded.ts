import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { systemCode } from "../errors/index.ts";
import { APPLICATION } from "./create-pool.ts";
import { type EmbeddedServer, startEmbedded } from "./embedded/start-embedded.ts";
import { isUnavailable } from "./is-unavailable.ts";

/** The embedded server, looked after as long as this process runs. */
export interface EmbeddedDatabase {
  config: pg.ClientConfig;
  folder: string;
  says: string;
  /** How often it was gone and was started again by this process. */
  restarts(): number;
  close(): Promise<void>;
}

const NAME = "growth_engine";
/** SQLSTATE duplicate_database, and unique_violation when two processes make it at once. */
const IS_THERE = new Set(["42P04", "23505"]);
const WATCH_MS = 1_000;

type Server = Pick<EmbeddedServer, "host" | "port" | "user" | "password">;
type Start = () => Promise<EmbeddedServer>;

function configOf({ host, port, user, password }: Server, database: string): pg.ClientConfig {
  return { host, port, user, password, database };
}

async function ask<T>(config: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...config, connectionTimeoutMillis: WATCH_MS * 5 });
  // A server that ends the session meanwhile is told by the query.
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function createDatabase(server: Server): Promise<void> {
  await ask(configOf(server, "postgres"), async (client) => {
    try {
      await client.query(`create database ${NAME}`);
    } catch (error) {
      if (!IS_THERE.has(systemCode(error) ?? "")) throw error;
    }
  });
}

/** Starts the server again when it is gone, as after a crash: nobody else would. */
function watch(config: pg.ClientConfig, start: Start): () => Promise<void> {
  const stopped = new AbortController();
  const loop = (async () => {
    while (!stopped.signal.aborted) {
      await wait(WATCH_MS, undefined, { signal: stopped.signal, ref: false }).catch(() => undefined);
      if (stopped.signal.aborted) return;
      // A start that fails now, as while processes of the crashed one are still ending, is tried again.
      await ask(config, (client) => client.query("select 1"))
        .catch((error) => (isUnavailable(error) ? start() : undefined))
        .catch(() => undefined);
    }
  })();
  return async () => {
    stopped.abort();
    await loop;
  };
}

/** Does another process use the server? Its sessions carry the product's name. */
function isShared(config: pg.ClientConfig): Promise<boolean> {
  return ask(config, async (client) => {
    const { rowCount } = await client.query(
      "select from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid() limit 1",
      [APPLICATION],
    );
    return rowCount === 1;
  });
}

/** Opens the embedded server of this machine; the last process that uses it stops it. */
export async function openEmbedded(options: {
  env: NodeJS.ProcessEnv;
  dataDir: string | null;
  version: string;
}): Promise<EmbeddedDatabase> {
  let restarts = 0;
  const startAgain = async () => {
    const started = await startEmbedded(options);
    if (started.isNew) restarts += 1;
    return started;
  };
  const server = await startEmbedded(options);
  await createDatabase(server);
  const config = configOf(server, NAME);
  const unwatch = watch(config, startAgain);
  const account =
    server.account === null ? "" : `, as ${server.account}, since PostgreSQL does not run as root`;
  return {
    config,
    folder: server.folder,
    says: `embedded PostgreSQL in ${server.folder}${account}`,
    restarts: () => restarts,
    close: async () => {
      await unwatch();
      if (await isShared(config).catch(() => true)) return;
      await server.stop();
    },
  };
}
