import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startEmbedded } from "../../src/platform/database/embedded/start-embedded.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A PostgreSQL in which tests make databases of their own. */
    databaseServer: { host: string; port: number; user: string; password: string; database: string };
  }
}

/** The server that `GROWTH_ENGINE_TEST_DATABASE_URL` names, so that the same tests run on one that is not ours. */
function givenServer(url: string) {
  const { hostname, port, username, password, pathname } = new URL(url);
  return {
    host: hostname,
    port: Number(port || 5432),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: pathname.slice(1) || "postgres",
  };
}

/** One PostgreSQL for all test files: each makes a database in it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const url = process.env.GROWTH_ENGINE_TEST_DATABASE_URL;
  if (url) {
    project.provide("databaseServer", givenServer(url));
    return async () => undefined;
  }
  const parent = mkdtempSync(join(tmpdir(), "growth-engine-tests-"));
  // The database's own account enters it.
  chmodSync(parent, 0o755);
  const server = await startEmbedded({ env: process.env, dataDir: join(parent, "data"), version: "0.0.0" });
  const { host, port, user, password } = server;
  project.provide("databaseServer", { host, port, user, password, database: "postgres" });
  return async () => {
    await server.stop();
    rmSync(parent, { recursive: true, force: true });
  };
}
