import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FEATURES } from "../../src/entrypoints/server/features.ts";
import { handOutAdminToken } from "../../src/entrypoints/server/hand-out-admin-token.ts";
import { type Database, openDatabase } from "../../src/platform/database/index.ts";
import { type ControlPlane, startControlPlane } from "../harness/control-plane.ts";

describe("the admin's token on a database of somebody else's", () => {
  const folder = mkdtempSync(join(tmpdir(), "growth-engine-admin-"));
  const file = join(folder, "admin-token");
  let plane: ControlPlane;
  let database: Database;
  const tokens = async () => Number((await plane.query("select count(*) from token_tokens"))[0]?.count);
  beforeAll(async () => {
    plane = await startControlPlane();
    const { migrations } = FEATURES;
    const env = { DATABASE_URL: plane.databaseUrl };
    database = await openDatabase({ env, dataDir: null, version: "0.0.0", migrations });
    await plane.query("delete from token_tokens");
  });
  afterAll(async () => {
    await database.close();
    await plane.close();
    rmSync(folder, { recursive: true });
  });

  it("is not made where nobody would see it but a log", async () => {
    const handOut = { another: false, file: null, isSeen: false };
    expect(await handOutAdminToken(database, Date.now(), handOut)).toBeNull();
    expect(await handOutAdminToken(database, Date.now(), { ...handOut, another: true })).toBeNull();
    expect(await tokens()).toBe(0);
  });

  it("goes to the file that was named, for its owner alone, and once", async () => {
    const handOut = { another: false, file, isSeen: false };
    expect(await handOutAdminToken(database, Date.now(), handOut)).toEqual({ file });
    expect(readFileSync(file, "utf8")).toMatch(/^ge_[\w-]{20,}\n$/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await handOutAdminToken(database, Date.now(), handOut)).toBeNull();
    expect(await tokens()).toBe(1);
  });

  it("is shown on a terminal once, and again only to who lost it", async () => {
    const handOut = { another: false, file: null, isSeen: true };
    expect(await handOutAdminToken(database, Date.now(), handOut)).toBeNull();
    const another = await handOutAdminToken(database, Date.now(), { ...handOut, another: true });
    expect(another).toEqual({ token: expect.stringMatching(/^ge_/) });
    expect(await tokens()).toBe(2);
  });
});
