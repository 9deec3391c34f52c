import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EmbeddedServer, startEmbedded } from "../../src/platform/database/embedded/start-embedded.ts";
import { dataPlace, type SpawnedServe, spawnServe } from "../harness/spawned-serve.ts";

/** The whole minute takes GROWTH_ENGINE_TEST_AWAY_SECONDS=60. */
const AWAY_MS = Number(process.env.GROWTH_ENGINE_TEST_AWAY_SECONDS ?? 6) * 1000;

describe("a database that is away", () => {
  const place = dataPlace();
  let database: EmbeddedServer;
  let serves: SpawnedServe[] = [];
  let token = "";
  const tokenFile = join(dirname(place.folder), "admin-token");
  const start = () => startEmbedded({ env: process.env, dataDir: place.folder, version: "0.0.0" });
  beforeAll(async () => {
    database = await start();
    const login = `${database.user}:${encodeURIComponent(database.password)}`;
    const url = `postgres://${login}@localhost:${database.port}/postgres?host=${encodeURIComponent(database.host)}`;
    const words = ["--port", "0", "--log-level", "error", "--admin-token-file", tokenFile];
    serves = [await spawnServe(words, { DATABASE_URL: url }), await spawnServe(words, { DATABASE_URL: url })];
    token = readFileSync(tokenFile, "utf8").trim();
  });
  afterAll(async () => {
    for (const serve of serves) await serve.stop();
    await database.stop();
    place.remove();
  });

  const ask = async (serve: SpawnedServe | undefined, path: string) => {
    const response = await fetch(`${serve?.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  it(
    "is said with 503 and a hint, and work goes on by itself when it is back",
    async () => {
      const [serve] = serves;
      expect((await ask(serve, "/api/v1/agent")).status).toBe(200);
      await database.stop();
      const until = Date.now() + AWAY_MS;
      while (Date.now() < until) {
        expect(await ask(serve, "/api/v1/agent")).toMatchObject({
          status: 503,
          body: { code: "DATABASE_UNAVAILABLE", detail: "the database is away", hint: expect.any(String) },
        });
        expect((await ask(serve, "/healthz")).status).toBe(200);
        expect(await ask(serve, "/readyz")).toMatchObject({
          status: 503,
          body: { failed: { database: expect.any(String) } },
        });
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
      database = await start();
      await expect
        .poll(async () => (await ask(serve, "/api/v1/agent")).status, { timeout: 10_000 })
        .toBe(200);
      expect((await ask(serve, "/readyz")).status).toBe(200);
    },
    AWAY_MS + 60_000,
  );

  it("goes on serving through the other process when one is killed", async () => {
    const [first, second] = serves;
    await first?.kill();
    expect((await ask(second, "/api/v1/agent")).status).toBe(200);
  });

  it("tells the admin's token to its file alone, and once", () => {
    const [first, second] = serves;
    expect(token).toMatch(/^ge_/);
    expect(first?.said()).toContain(`token in ${tokenFile}`);
    expect(second?.said()).not.toContain("token in");
    for (const serve of [first, second]) {
      expect(serve?.said()).not.toMatch(/ge_[\w-]{20}/);
      expect(serve?.logged()).not.toContain(token);
    }
  });
});
