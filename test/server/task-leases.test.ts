import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FEATURES } from "../../src/entrypoints/server/features.ts";
import { renewLeases } from "../../src/features/task/index.ts";
import { type Database, openDatabase } from "../../src/platform/database/index.ts";
import type { ControlPlane } from "../harness/control-plane.ts";
import { startTaskPlane, type Tasks } from "../harness/task-plane.ts";

const MINUTE = 60_000;
const LEASE = 15 * MINUTE;

describe("a lease", () => {
  let plane: ControlPlane;
  let manager: Tasks;
  let agent: Record<"ada" | "ben", Tasks>;
  let database: Database;
  let fleet: string;
  beforeAll(async () => {
    ({ plane, manager, agent } = await startTaskPlane("ada", "ben"));
    database = await openDatabase({
      env: { DATABASE_URL: plane.databaseUrl },
      dataDir: null,
      version: "0.0.0",
      migrations: FEATURES.migrations,
    });
    fleet = String((await plane.query("select fleet_id from fleet_fleets"))[0]?.fleet_id);
  });
  afterAll(async () => {
    await database.close();
    await plane.close();
  });

  const claimed = async (id: string): Promise<number> => {
    await manager.add({ id, title: id });
    const { body } = await agent.ada.claim(id);
    return body.fence ?? 0;
  };
  const state = async (id: string) => (await manager.show(id)).body.state;
  const renew = (renewals: Omit<Parameters<typeof renewLeases>[1][number], "fleet">[]) =>
    database.inServer((transaction) =>
      renewLeases(
        transaction,
        renewals.map((renewal) => ({ fleet, ...renewal })),
        plane.clock.now(),
      ),
    );

  it("lasts 15 minutes, or what the fleet or the agent has set", async () => {
    const lengthOf = async (id: string, who: Tasks) => {
      await manager.add({ id, title: id });
      const { body } = await who.claim(id);
      return Date.parse(body.lease_until ?? "") - Date.parse(body.updated_at);
    };
    expect(await lengthOf("LEN-1", agent.ada)).toBe(LEASE);
    await manager.setSettings({ lease_seconds: 600 });
    await manager.setAgentLease("ben", 60);
    expect(await lengthOf("LEN-2", agent.ada)).toBe(600_000);
    expect(await lengthOf("LEN-3", agent.ben)).toBe(60_000);
    expect((await manager.settings()).body).toMatchObject({
      lease_seconds: 600,
      agents: [{ agent: "ben", lease_seconds: 60 }],
    });
    await manager.setSettings({ lease_seconds: 900 });
    await manager.setAgentLease("ben", null);
    expect(await lengthOf("LEN-4", agent.ben)).toBe(LEASE);
  });

  it("that ran out returns the task with an event, and its holder is refused everywhere from then on", async () => {
    const fence = await claimed("OUT-1");
    plane.clock.advance(LEASE + 1);
    const stale = { status: 409, body: { code: "TASK_FENCE_STALE" } };
    const refusals = [
      await agent.ada.renew("OUT-1", fence),
      await agent.ada.progress("OUT-1", { fence, percent: 50 }),
      await agent.ada.block("OUT-1", { fence, type: "technical", reason: "x" }),
      await agent.ada.handOver("OUT-1", { fence, to: "ben", context: "x" }),
      await agent.ada.complete("OUT-1", fence),
    ];
    for (const refusal of refusals) expect(refusal).toMatchObject(stale);
    await expect.poll(() => state("OUT-1"), { timeout: 5_000 }).toBe("assigned");
    const { body } = await manager.events("OUT-1");
    expect(body.items.at(-1)).toMatchObject({
      kind: "lease_expired",
      actor: "server",
      fence,
      details: { holder: "ada" },
    });
    const { body: next } = await agent.ben.claim("OUT-1");
    expect(next.fence).toBeGreaterThan(fence);
    for (const refusal of [
      await agent.ada.renew("OUT-1", fence),
      await agent.ada.complete("OUT-1", fence),
      // Another's fence helps nobody.
      await agent.ada.complete("OUT-1", next.fence ?? 0),
      await agent.ada.resume("OUT-1", { fence }),
      await agent.ada.progress("OUT-1", { percent: 1 }),
    ])
      expect(refusal).toMatchObject(stale);
    expect(await renew([{ task: "OUT-1", agent: "ada", fence, progress: 99 }])).toEqual(["TASK_FENCE_STALE"]);
    expect((await manager.show("OUT-1")).body).toMatchObject({ holder: "ben", progress: null });
  });

  it("of a claim before does not help another session of the same agent", async () => {
    const old = await claimed("TWIN-1");
    plane.clock.advance(LEASE);
    const fence = (await agent.ada.claim("TWIN-1")).body.fence ?? 0;
    for (const refusal of [
      await agent.ada.renew("TWIN-1", old),
      await agent.ada.progress("TWIN-1", { fence: old, percent: 50 }),
      await agent.ada.progress("TWIN-1", { percent: 50 }),
      await agent.ada.block("TWIN-1", { fence: old, type: "technical", reason: "x" }),
      await agent.ada.handOver("TWIN-1", { fence: old, to: "ben", context: "x" }),
      await agent.ada.complete("TWIN-1", old),
    ])
      expect(refusal).toMatchObject({ status: 409, body: { code: "TASK_FENCE_STALE" } });
    expect((await agent.ada.complete("TWIN-1", fence)).status).toBe(200);
  });

  it("that ran out is over also before the job has come: who claims then gets the task", async () => {
    const fence = await claimed("NOW-1");
    plane.clock.advance(LEASE);
    const { status, body } = await agent.ben.claim("NOW-1");
    expect(status).toBe(200);
    expect(body.fence).toBeGreaterThan(fence);
    const kinds = (await manager.events("NOW-1")).body.items.map(({ kind }) => kind);
    expect(kinds).toEqual(["added", "claimed", "lease_expired", "claimed"]);
  });

  it("returns a task to its assignee, and one of nobody to all", async () => {
    await manager.add({ id: "BACK-1", title: "t", assignee: "ada" });
    await agent.ada.claim("BACK-1");
    plane.clock.advance(LEASE);
    expect(await agent.ben.claim("BACK-1")).toMatchObject({ status: 409, body: { code: "TASK_ASSIGNED" } });
    expect((await agent.ada.claim("BACK-1")).status).toBe(200);
  });

  it("is renewed by its holder, and by beats, which may tell progress", async () => {
    const fence = await claimed("REN-1");
    plane.clock.advance(LEASE - MINUTE);
    const { status, body } = await agent.ada.renew("REN-1", fence);
    expect(status).toBe(200);
    expect(Date.parse(body.lease_until ?? "")).toBeGreaterThan(plane.clock.now() + LEASE - MINUTE);
    plane.clock.advance(LEASE - MINUTE);
    expect(await renew([{ task: "REN-1", agent: "ada", fence, progress: 60 }])).toEqual([null]);
    plane.clock.advance(LEASE - MINUTE);
    expect(await state("REN-1")).toBe("in_progress");
    expect((await manager.show("REN-1")).body.progress).toBe(60);
  });

  it("is renewed for many at once, each with an answer in its place", async () => {
    const [one, two] = [await claimed("MANY-1"), await claimed("MANY-2")];
    const beat = (task: string, fence: number, progress: number | null, who = "ada") => ({
      task,
      fence,
      progress,
      agent: who,
    });
    const answers = await renew([
      beat("MANY-2", two, 10),
      beat("MANY-1", one, null),
      beat("GONE", 1, null),
      beat("MANY-1", one + 1_000, 5),
      beat("MANY-1", one, null, "ben"),
    ]);
    const stale = "TASK_FENCE_STALE";
    expect(answers).toEqual([null, null, "TASK_UNKNOWN", stale, stale]);
    expect((await manager.show("MANY-2")).body.progress).toBe(10);
    expect((await manager.show("MANY-1")).body.progress).toBeNull();
    expect(await renew([])).toEqual([]);
    const elsewhere = { fleet: "00000000-0000-0000-0000-000000000001", ...beat("MANY-1", one, 1) };
    const asked = database.inServer((transaction) =>
      renewLeases(transaction, [elsewhere], plane.clock.now()),
    );
    expect(await asked).toEqual(["TASK_UNKNOWN"]);
  });

  it("does not run while the task is blocked; a beat is accepted, and resuming starts it anew", async () => {
    const fence = await claimed("BLK-1");
    await agent.ada.block("BLK-1", { fence, type: "decision", reason: "which one?" });
    plane.clock.advance(10 * LEASE);
    expect(await renew([{ task: "BLK-1", agent: "ada", fence, progress: null }])).toEqual([null]);
    expect(await state("BLK-1")).toBe("blocked");
    expect(await agent.ben.claim("BLK-1")).toMatchObject({ status: 409, body: { code: "TASK_HELD" } });
    const { body } = await manager.resume("BLK-1", { reason: "the first" });
    expect(body).toMatchObject({ state: "in_progress", holder: "ada", fence });
    expect(Date.parse(body.lease_until ?? "")).toBeGreaterThan(plane.clock.now() + LEASE - MINUTE);
    expect((await agent.ada.complete("BLK-1", fence)).status).toBe(200);
  });

  it("is given by claims alone: an agent claims as itself, and nobody for another", async () => {
    await manager.add({ id: "SELF-1", title: "t" });
    expect(await manager.claim("SELF-1")).toMatchObject({ status: 403, body: { code: "TOKEN_ROLE" } });
    const { body } = await agent.ada.claim("SELF-1");
    expect(await agent.ada.claim("SELF-1")).toMatchObject({
      status: 409,
      body: { code: "TASK_HELD", hint: `go on with the fence ${body.fence}` },
    });
    expect(await agent.ben.complete("SELF-1", body.fence ?? 0)).toMatchObject({
      body: { code: "TASK_FENCE_STALE" },
    });
  });
});
