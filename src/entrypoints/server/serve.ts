import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { insertEntry } from "../../features/audit/index.ts";
import { type JudgeFork, startForkReader } from "../../features/forge/live/index.ts";
import {
  openLog,
  openReceiptKey,
  type ReceiptKey,
  type ReceiptKeyWish,
} from "../../features/receipt/live/index.ts";
import { authenticator } from "../../features/token/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import { type Database, listen, openDatabase } from "../../platform/database/index.ts";
import { startJobs } from "../../platform/jobs/index.ts";
import { createLog } from "../../platform/log/index.ts";
import { startServer } from "../../platform/server/index.ts";
import { bringerToken } from "./bringer-token.ts";
import { startDemo } from "./demo/start-demo.ts";
import { FEATURES } from "./features.ts";
import { type AdminToken, type HandOut, handOutAdminToken } from "./hand-out-admin-token.ts";
import { MCP_INSTRUCTIONS, MCP_PROMPTS } from "./mcp-words.ts";

export interface ServeOptions {
  env: NodeJS.ProcessEnv;
  clock: Clock;
  version: string;
  /** Absolute path, or null for the usual place. */
  dataDir: string | null;
  host: string;
  port: number;
  tls: { cert: string; key: string } | null;
  behindProxy: boolean;
  logLevel: string;
  /** Hosts (`host` or `host:port`) that may lie in a private network although a user of ours names them. */
  privateHosts: readonly string[];
  /** Reads pull requests of forks by itself, where the server was told to. */
  forks: { forge: string; token: string | null; judge: JudgeFork } | null;
  /** Whether a fleet of simulated agents is to play. */
  demo: boolean;
  adminToken: HandOut;
  receiptKey: ReceiptKeyWish;
}

/** A control plane that runs. */
export interface Serving {
  url: string;
  /** What database it runs on, for people. */
  database: string;
  /** Folder of the embedded database; null with `DATABASE_URL`. */
  folder: string | null;
  migrated: readonly string[];
  admin: AdminToken;
  /** Where the key of receipts lies; null where none are signed. */
  receipts: Omit<ReceiptKey, "key"> | null;
  /** A token for `--repo`. */
  bringerToken(): Promise<string>;
  /** Answers what was accepted, and ends. */
  close(): Promise<void>;
}

/** What was opened, to be closed in the opposite order, also when opening the next failed. */
type Closers = (() => Promise<void>)[];

async function closeAll(closers: Closers): Promise<void> {
  for (const close of closers.reverse()) await close();
}

/** Mirrors lie beside the embedded database; without one, for as long as this process runs. */
function readForks(
  { forks, clock }: ServeOptions,
  database: Database,
  failed: (job: string, error: unknown) => void,
): Closers {
  if (forks === null) return [];
  const temporary = database.folder === null ? mkdtempSync(join(tmpdir(), "growth-engine-forks-")) : null;
  const folder = temporary ?? join(database.folder ?? "", "mirrors");
  const { close } = startForkReader({ ...forks, folder, database, clock, failed });
  const forget = async () => {
    if (temporary !== null) rmSync(temporary, { recursive: true, force: true });
  };
  return [forget, close];
}

async function begin(options: ServeOptions, closers: Closers): Promise<Serving> {
  const database = await openDatabase({ ...options, migrations: FEATURES.migrations });
  closers.push(database.close);
  const signIn = authenticator(database, options.clock);
  const receipts = await openReceiptKey(database, options.receiptKey);
  const log = createLog(options.logLevel);
  const failed = (job: string, error: unknown) =>
    log.error({ err: error, job }, "a job failed, and is tried again");
  closers.push((await startJobs({ ...options, database, jobs: FEATURES.jobs, failed })).close);
  closers.push(...readForks(options, database, failed));
  closers.push(listen(database, { growth_engine_token: signIn.forget }).close);
  const wiring = {
    forgetTokens: signIn.forget,
    database,
    receipts: receipts && openLog(database, receipts.key),
    version: options.version,
    outside: options,
  };
  const server = await startServer({
    ...options,
    log,
    database,
    authenticate: signIn.authenticate,
    audit: insertEntry,
    routes: FEATURES.routes(wiring),
    protocols: FEATURES.protocols(wiring),
    mcp: { instructions: MCP_INSTRUCTIONS, prompts: MCP_PROMPTS },
    checks: { database: () => database.pool.query("select 1") },
  });
  closers.push(server.close);
  if (options.demo) closers.push(await startDemo({ url: server.url, database, clock: options.clock }));
  return {
    url: server.url,
    database: database.says,
    folder: database.folder,
    migrated: database.migrated,
    admin: await handOutAdminToken(database, options.clock.now(), options.adminToken),
    receipts: receipts && { file: receipts.file, exposed: receipts.exposed },
    bringerToken: () => bringerToken(database, options.clock.now()),
    close: () => closeAll(closers),
  };
}

/**
 * Starts the control plane: database, HTTP server, jobs.
 * @throws Fault DATABASE_UNAVAILABLE, PLATFORM_UNSUPPORTED; Refusal INPUT_INVALID
 */
export async function serve(options: ServeOptions): Promise<Serving> {
  const closers: Closers = [];
  try {
    return await begin(options, closers);
  } catch (error) {
    await closeAll(closers);
    throw error;
  }
}
