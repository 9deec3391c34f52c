import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ControlPlane, startControlPlane } from "../harness/control-plane.ts";
import { type Operation, readOperations, sampleRequest } from "../harness/sample-request.ts";
import { seedFleet } from "../harness/seed-fleet.ts";

/** Stands in everything of the fleet that nobody else may see. */
const MARK = "alpha-secret";

describe("another fleet's token", () => {
  let plane: ControlPlane;
  let operations: Operation[] = [];
  let words: Record<string, string> = {};
  const strangers: Record<string, string> = {};
  beforeAll(async () => {
    plane = await startControlPlane();
    words = await seedFleet(plane, MARK);
    operations = await readOperations(plane.url);
    for (const role of ["manager", "viewer"] as const)
      strangers[role] = await plane.token(role, { fleet: "beta" });
    strangers.agent = await plane.token("agent", { agent: "stranger", fleet: "beta" });
  });
  afterAll(() => plane.close());

  /** All rows of the fleet that is not the stranger's, in every table. */
  const rows = async () => {
    const tables = await plane.query(
      "select table_name from information_schema.columns where table_schema = 'growth_engine' and column_name = 'fleet_id'",
    );
    const all: Record<string, unknown> = {};
    for (const { table_name } of tables) {
      if (/^(audit_|platform_)/.test(String(table_name))) continue;
      all[String(table_name)] = await plane.query(
        `select to_jsonb(t) as row from ${table_name} t join fleet_fleets f using (fleet_id) where f.name = 'default' order by 1`,
      );
    }
    return all;
  };

  const send = async (operation: Operation, token: string) => {
    const { method, path, body, contentType } = sampleRequest(operation, words);
    const response = await fetch(`${plane.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === null ? {} : { "content-type": contentType }),
      },
      ...(body === null ? {} : { body }),
    });
    return { status: response.status, text: await response.text() };
  };

  it("neither reads nor changes anything, on any route", async () => {
    const before = await rows();
    expect(JSON.stringify(before)).toContain(MARK);
    const seen: string[] = [];
    const untried: string[] = [];
    for (const operation of operations) {
      const role = ["manager", "agent", "viewer"].find((one) => operation.roles.includes(one));
      if (role === undefined) continue;
      const { status, text } = await send(operation, strangers[role] ?? "");
      if (status === 400) untried.push(`${operation.name}: ${text}`);
      // What was asked may be said again; nothing else of the other fleet may.
      if (status < 400 && text.includes(`${MARK}-inside`)) seen.push(`${operation.name}: ${text}`);
    }
    expect(untried, "requests that the server did not understand prove nothing").toEqual([]);
    expect(seen).toEqual([]);
    expect(await rows()).toEqual(before);
  });

  it("may not name the other fleet", async () => {
    const response = await fetch(`${plane.url}/api/v1/agent`, {
      headers: { authorization: `Bearer ${strangers.manager}`, "growth-engine-fleet": "default" },
    });
    expect(await response.json()).toMatchObject({ code: "FLEET_UNKNOWN" });
  });
});

describe("row-level security", () => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane();
    await seedFleet(plane, MARK);
  });
  afterAll(() => plane.close());

  it("covers every table with a fleet, and shows the fleet's role no row of another", async () => {
    const tables = await plane.query(`
      select c.oid::regclass::text as name, c.relrowsecurity as locked from pg_class c
      where c.relnamespace = 'growth_engine'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'fleet_id')`);
    expect(tables.length).toBeGreaterThan(8);
    expect(tables.filter(({ locked }) => !locked)).toEqual([]);
    const stranger = await plane.query("select gen_random_uuid()::text as id");
    for (const { name } of tables) {
      await plane.query("select set_config('growth_engine.fleet', $1, false)", [stranger[0]?.id]);
      await plane.query("set role growth_engine_fleet");
      const rows = await plane.query(`select count(*)::int as seen from ${name}`).catch((error) => [
        // No right to read it at all is a stronger lock.
        { seen: /permission denied/.test(String(error)) ? 0 : String(error) },
      ]);
      await plane.query("reset role");
      expect(rows, String(name)).toEqual([{ seen: 0 }]);
    }
  });

  it("makes reading without a fleet an error", async () => {
    await plane.query("select set_config('growth_engine.fleet', '', false)");
    await plane.query("set role growth_engine_fleet");
    await expect(plane.query("select * from agent_agents")).rejects.toThrow(/uuid/);
    await plane.query("reset role");
  });

  it("lies on no partition's own name either", async () => {
    const open = await plane.query(`
      select c.oid::regclass::text as name from pg_class c
      where c.relnamespace = 'growth_engine'::regnamespace and c.relispartition
        and has_table_privilege('growth_engine_fleet', c.oid, 'select, insert, update, delete')`);
    expect(open).toEqual([]);
  });
});
