import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "../../src/platform/database/index.ts";
import { startJobs } from "../../src/platform/jobs/index.ts";
import { type ControlPlane, startControlPlane } from "../harness/control-plane.ts";

describe("scheduled jobs", () => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane();
    await plane.query("create table job_runs (runner text, at double precision)");
  });
  afterAll(() => plane.close());

  const migrations = async () =>
    (await import("../../src/entrypoints/server/features.ts")).FEATURES.migrations;
  const open = async () =>
    openDatabase({
      env: { DATABASE_URL: plane.databaseUrl },
      dataDir: null,
      version: "0.0.0",
      migrations: await migrations(),
    });
  const runs = async () => (await plane.query("select runner from job_runs")).map(({ runner }) => runner);

  it("run once per period, whichever of several processes does it, and go on when one ends", async () => {
    const databases = [await open(), await open()];
    const { sql } = await import("kysely");
    const runners = await Promise.all(
      databases.map((database, index) =>
        startJobs({
          database,
          clock: plane.clock,
          failed: (_, error) => {
            throw error;
          },
          jobs: [
            {
              name: "test_counts",
              every: 60_000,
              run: async (transaction, now) => {
                await sql`insert into job_runs values (${`runner ${index}`}, ${now})`.execute(transaction);
              },
            },
          ],
        }),
      ),
    );
    await expect.poll(runs, { timeout: 10_000 }).toHaveLength(1);
    for (let period = 2; period <= 4; period += 1) {
      plane.clock.advance(61_000);
      await expect.poll(runs, { timeout: 10_000 }).toHaveLength(period);
    }
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await runs()).toHaveLength(4);
    await runners[0]?.close();
    plane.clock.advance(61_000);
    await expect.poll(runs, { timeout: 10_000 }).toHaveLength(5);
    await runners[1]?.close();
    for (const database of databases) await database.close();
  });
});
