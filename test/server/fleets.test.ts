import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { addFleet, listFleets, removeFleet } from "../../src/features/fleet/contract.ts";
import { type ControlPlane, startControlPlane } from "../harness/control-plane.ts";
import { seedFleet } from "../harness/seed-fleet.ts";

describe("fleets", () => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane();
  });
  afterAll(() => plane.close());
  const add = (name: string) => plane.admin<typeof addFleet>("POST /api/v1/fleet", { body: { name } });
  const names = async (token?: string) =>
    (await (token ? plane.as(token) : plane.admin)<typeof listFleets>("GET /api/v1/fleet")).body.items.map(
      ({ name }) => name,
    );
  const remove = (fleet: string, confirm = fleet) =>
    plane.admin<typeof removeFleet>("POST /api/v1/fleet/:fleet/remove", {
      params: { fleet },
      body: { confirm },
    });

  it("are made once, and seen by those who belong to them", async () => {
    expect((await add("web")).status).toBe(201);
    expect(await add("web")).toMatchObject({ status: 409, body: { code: "REFUSED" } });
    const manager = await plane.token("manager", { fleet: "web" });
    expect([await names(), await names(manager)]).toEqual([["default", "web"], ["web"]]);
  });

  it("are removed with everything in them but their audit", async () => {
    await add("old");
    const token = await plane.token("manager", { fleet: "old" });
    const inOld = (await plane.query("select fleet_id::text as id from fleet_fleets where name = 'old'"))[0]
      ?.id;
    await seedFleet({ ...plane, admin: plane.as(token) }, "gone");
    expect(await remove("old", "odl")).toMatchObject({ status: 400 });
    expect((await remove("old")).status).toBe(200);
    const tables = await plane.query(
      "select distinct table_name from information_schema.columns where table_schema = 'growth_engine' and column_name = 'fleet_id'",
    );
    for (const { table_name } of tables) {
      const [row] = await plane.query(`select count(*)::int as left from ${table_name} where fleet_id = $1`, [
        inOld,
      ]);
      if (table_name === "audit_entries") expect(row?.left).toBeGreaterThan(0);
      else if (!String(table_name).startsWith("audit_"))
        expect([table_name, row?.left]).toEqual([table_name, 0]);
    }
    expect(await names()).not.toContain("old");
    // Its tokens are forgotten when the database tells, sooner than after the 5 s for which they are remembered.
    const status = async () => (await plane.as(token)<typeof listFleets>("GET /api/v1/fleet")).status;
    await expect.poll(status, { timeout: 4_000 }).toBe(401);
  });

  it("stay as long as they are those of the asking token", async () => {
    expect(await remove("default")).toMatchObject({ status: 409, body: { code: "REFUSED" } });
    expect(await remove("none")).toMatchObject({ status: 404, body: { code: "FLEET_UNKNOWN" } });
  });
});
