import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { inject } from "vitest";
import { type ServeOptions, type Serving, serve } from "../../src/entrypoints/server/serve.ts";
import type { AnswerOf, CallOf, Endpoint } from "../../src/platform/endpoint/index.ts";

/** What came back, whatever it was. */
export interface Answer<T> {
  status: number;
  /** The answer, or the problem document. */
  body: T & { code?: string; detail?: string; hint?: string };
}

type Ask = <E extends Endpoint>(
  what: `${E["method"]} ${E["path"]}`,
  call?: CallOf<E> & { headers?: Record<string, string> },
) => Promise<Answer<AnswerOf<E>>>;

/** A control plane of one test file, on a database of its own. */
export interface ControlPlane {
  url: string;
  databaseUrl: string;
  /** The clock that the server sees: real time, plus what the test added. */
  clock: { now(): number; advance(ms: number): void };
  /** A way to ask, with this token; without one, as nobody. */
  as(token: string | null, fleet?: string): Ask;
  admin: Ask;
  /** Makes a token of the default fleet, or of another; agents and fleets are made when they are missing. */
  token(role: "manager" | "agent" | "viewer", options?: { agent?: string; fleet?: string }): Promise<string>;
  serving: Serving;
  /** A second `serve` on the same database and clock, with the same key of receipts or another. */
  another(key?: Partial<ServeOptions["receiptKey"]>): Promise<Serving>;
  /** SQL as the database's owner. */
  query(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

async function onServer(database: string, sql: string): Promise<void> {
  const client = new pg.Client({ ...inject("databaseServer"), ...(database ? { database } : {}) });
  await client.connect();
  await client.query(sql);
  await client.end();
}

function urlOf(database: string): string {
  const { host, port, user, password } = inject("databaseServer");
  const login = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
  // A folder is a socket: node-postgres takes it as a parameter.
  return host.startsWith("/")
    ? `postgres://${login}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`
    : `postgres://${login}@${host}:${port}/${database}`;
}

function asker(url: string, token: string | null, fleet?: string): Ask {
  return async (what, call = {}) => {
    const { params = {}, query = {}, body, headers = {} } = call as Record<string, Record<string, string>>;
    const [method = "GET", template = ""] = what.split(" ");
    const path = template.replaceAll(/:(\w+)/g, (_, name) => encodeURIComponent(String(params[name])));
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const response = await fetch(`${url}${path}?${new URLSearchParams(query)}`, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(fleet === undefined ? {} : { "growth-engine-fleet": fleet }),
        ...(body === undefined
          ? {}
          : { "content-type": typeof body === "string" ? "application/x-ndjson" : "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: text as string }),
    });
    return { status: response.status, body: (await response.json()) as never };
  };
}

/** Starts one; whoever starts it closes it. */
export async function startControlPlane(
  options: { privateHosts?: string[]; forks?: ServeOptions["forks"]; receiptKey?: string | null } = {},
): Promise<ControlPlane> {
  const database = `test_${randomBytes(6).toString("hex")}`;
  await onServer("", `create database ${database}`);
  const databaseUrl = urlOf(database);
  let added = 0;
  const clock = {
    now: () => Date.now() + added,
    advance: (ms: number) => {
      added += ms;
    },
  };
  const keyFolder = mkdtempSync(join(tmpdir(), "growth-engine-key-"));
  const receiptKey = options.receiptKey === undefined ? join(keyFolder, "receipt-key") : options.receiptKey;
  const start = (key: Partial<ServeOptions["receiptKey"]> = {}) =>
    serve({
      env: { ...process.env, DATABASE_URL: databaseUrl },
      clock,
      version: "0.0.0",
      dataDir: null,
      host: "127.0.0.1",
      port: 0,
      tls: null,
      behindProxy: false,
      privateHosts: options.privateHosts ?? [],
      forks: options.forks ?? null,
      logLevel: process.env.GROWTH_ENGINE_TEST_LOG ?? "silent",
      demo: false,
      adminToken: { another: false, file: null, isSeen: true },
      receiptKey: { file: receiptKey, another: false, checkouts: [], ...key },
    });
  const serving = await start();
  if (serving.admin === null || !("token" in serving.admin)) throw new Error("no admin's token");
  const adminToken = serving.admin.token;
  const admin = asker(serving.url, adminToken);
  const client = new pg.Client({ connectionString: databaseUrl, options: "-c search_path=growth_engine" });
  await client.connect();
  const servers = [serving];
  return {
    url: serving.url,
    databaseUrl,
    clock,
    serving,
    admin,
    as: (token, fleet) => asker(serving.url, token, fleet),
    token: async (role, { agent, fleet } = {}) => {
      const ask = asker(serving.url, adminToken, fleet);
      if (fleet !== undefined) await admin("POST /api/v1/fleet", { body: { name: fleet } });
      if (agent !== undefined) await ask("POST /api/v1/agent", { body: { name: agent } });
      const wish = { role, label: "test", ...(agent === undefined ? {} : { agent }) };
      const { body, status } = await ask("POST /api/v1/token", { body: wish });
      if (status !== 201) throw new Error(JSON.stringify(body));
      return (body as unknown as { token: string }).token;
    },
    another: async (key) => {
      const other = await start(key);
      servers.push(other);
      return other;
    },
    query: async (sql, values) => (await client.query(sql, values)).rows,
    close: async () => {
      await client.end();
      for (const server of servers) await server.close();
      rmSync(keyFolder, { recursive: true, force: true });
      await onServer("", `drop database ${database} with (force)`);
    },
  };
}
