import { randomBytes } from "node:crypto";
import pg from "pg";
import { describe, expect, inject, it } from "vitest";
import { FEATURES } from "../../src/entrypoints/server/features.ts";
import { openDatabase } from "../../src/platform/database/index.ts";

function addressOf(user: string, password: string, database: string): string {
  const { host, port } = inject("databaseServer");
  return host.startsWith("/")
    ? `postgres://${user}:${password}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`
    : `postgres://${user}:${password}@${host}:${port}/${database}`;
}

describe("an account of the database that may make no roles", () => {
  it("is enough for a control plane, once an administrator has made the role of the fleets", async () => {
    const name = `plain_${randomBytes(6).toString("hex")}`;
    const admin = new pg.Client(inject("databaseServer"));
    await admin.connect();
    try {
      await admin.query(`create role ${name} login password 'plain'`);
      await admin.query("create role growth_engine_fleet nologin").catch(() => undefined);
      await admin.query(`grant growth_engine_fleet to ${name}`);
      await admin.query(`create database ${name} owner ${name}`);
      const { migrations } = FEATURES;
      const env = { DATABASE_URL: addressOf(name, "plain", name) };
      const database = await openDatabase({ env, dataDir: null, version: "0.0.0", migrations });
      try {
        const fleet = "00000000-0000-0000-0000-000000000001";
        const rows = await database.inFleet(fleet, async (transaction) =>
          transaction
            .withTables<{ fleet_fleets: { fleet_id: string } }>()
            .selectFrom("fleet_fleets")
            .selectAll()
            .execute(),
        );
        expect(rows).toEqual([]);
      } finally {
        await database.close();
      }
      await admin.query(`drop database ${name}`);
      await admin.query(`drop role ${name}`);
    } finally {
      await admin.end();
    }
  });
});
