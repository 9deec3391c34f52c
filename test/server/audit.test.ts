import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { addAgent } from "../../src/features/agent/contract.ts";
import type { listEntries, listServerEntries } from "../../src/features/audit/contract.ts";
import { type ControlPlane, startControlPlane } from "../harness/control-plane.ts";

/** Jobs look once a second. */
const SOON = { timeout: 10_000 };

describe("the audit", () => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane();
  });
  afterAll(() => plane.close());
  const entries = async (action: string) =>
    (await plane.admin<typeof listEntries>("GET /api/v1/audit", { query: { action } })).body.items;

  it("holds each write with actor, action, target, result and address", async () => {
    await plane.admin<typeof addAgent>("POST /api/v1/agent", { body: { name: "seen" } });
    expect(await entries("agent_add")).toMatchObject([
      {
        actor: expect.stringMatching(/^admin:/),
        target: "/api/v1/agent",
        result: "done",
        address: "127.0.0.1",
      },
    ]);
  });

  it("holds what was refused", async () => {
    const viewer = await plane.token("viewer");
    await plane.as(viewer)<typeof addAgent>("POST /api/v1/agent", { body: { name: "refused" } });
    expect((await entries("agent_add"))[0]).toMatchObject({
      actor: expect.stringMatching(/^viewer:/),
      result: "TOKEN_ROLE",
    });
  });

  it("holds callers that nobody knows", async () => {
    await plane.as(`ge_${"y".repeat(43)}`)<typeof addAgent>("POST /api/v1/agent", { body: { name: "z" } });
    const query = { actor: "unknown" };
    const { body } = await plane.admin<typeof listServerEntries>("GET /api/v1/audit/server", { query });
    expect(body.items).toMatchObject([{ fleet: null, actor: "unknown", result: "TOKEN_INVALID" }]);
  });

  it("does a write with the same Idempotency-Key once, and answers the same", async () => {
    const call = { body: { name: "once" }, headers: { "idempotency-key": "k1" } };
    const add = () => plane.admin<typeof addAgent>("POST /api/v1/agent", call);
    const [first, second] = [await add(), await add()];
    expect(second).toEqual(first);
    const other = { body: { name: "twice" }, headers: { "idempotency-key": "k1" } };
    const refused = await plane.admin<typeof addAgent>("POST /api/v1/agent", other);
    expect(refused).toMatchObject({ status: 409, body: { code: "REFUSED" } });
  });

  it("cannot be changed by the fleet's role", async () => {
    const fleet = "select set_config('growth_engine.fleet', gen_random_uuid()::text, false)";
    const change = plane.query(
      `${fleet}; set role growth_engine_fleet; update audit_entries set actor = 'x'`,
    );
    await expect(change).rejects.toThrow(/permission denied/);
    await plane.query("reset role");
  });

  it("is kept in months, and dropped when a year and more is over", async () => {
    const partitions = async () =>
      (
        await plane.query(
          "select inhrelid::regclass::text as name from pg_inherits where inhparent = 'audit_entries'::regclass order by 1",
        )
      ).map(({ name }) => String(name));
    const count = async () =>
      (await plane.query("select count(*)::int as entries from audit_entries"))[0]?.entries;
    await expect.poll(partitions, SOON).toHaveLength(3);
    const before = await partitions();
    expect(await count()).toBeGreaterThan(0);
    plane.clock.advance(450 * 86_400_000);
    await expect
      .poll(async () => (await partitions()).filter((name) => !before.includes(name)).length)
      .toBe(2);
    await expect.poll(count, SOON).toBe(0);
  });
});
