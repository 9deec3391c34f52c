import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FEATURES } from "../../src/entrypoints/server/features.ts";
import { type Database, openDatabase } from "../../src/platform/database/index.ts";
import { type ControlPlane, startControlPlane } from "../harness/control-plane.ts";

describe("a session of the database", () => {
  let plane: ControlPlane;
  let database: Database;
  beforeAll(async () => {
    plane = await startControlPlane();
    const { migrations } = FEATURES;
    const env = { DATABASE_URL: plane.databaseUrl };
    database = await openDatabase({ env, dataDir: null, version: "0.0.0", migrations });
  });
  afterAll(async () => {
    await database.close();
    await plane.close();
  });

  it("keeps the plan of a statement with parameters, once for each text, and of no other", async () => {
    const client = await database.pool.connect();
    try {
      for (const value of [1, 2, 3]) {
        const { rows } = await client.query("select $1::integer as value", [value]);
        expect(rows).toEqual([{ value }]);
      }
      await client.query("select 7");
      const { rows } = await client.query("select statement from pg_prepared_statements");
      expect(rows).toEqual([{ statement: "select $1::integer as value" }]);
    } finally {
      client.release();
    }
  });

  it("says what is wrong with a statement each time it is asked", async () => {
    for (let time = 0; time < 2; time += 1)
      await expect(database.pool.query("select $1::integer / 0", [1])).rejects.toThrow(/division by zero/);
    for (let time = 0; time < 2; time += 1)
      await expect(database.pool.query("select $1 from nowhere", [1])).rejects.toThrow(/nowhere/);
  });
});
