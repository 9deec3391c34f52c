import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type * as contract from "../../src/features/heartbeat/live/contract.ts";
import { type ControlPlane, startControlPlane } from "../harness/control-plane.ts";

const DAY = 86_400_000;

describe("beats when something breaks", () => {
  let plane: ControlPlane;
  let token: string;
  beforeAll(async () => {
    plane = await startControlPlane();
    token = await plane.token("agent", { agent: "steady" });
  });
  afterAll(() => plane.close());

  const beat = (body: object) =>
    plane.as(token)<typeof contract.sendBeat>("POST /api/v1/heartbeat", { body });
  const kept = async () =>
    (await plane.query("select beat from heartbeat_beats order by beat")).map((row) => String(row.beat));

  it("are answered only when kept, and kept once, while sessions of the database are cut off", async () => {
    const answered = new Set<string>();
    const told = async (name: string) => {
      for (let tries = 0; tries < 20; tries += 1) {
        const { status } = await beat({ beat: name });
        if (status === 200) return void answered.add(name);
        expect(status).toBe(503);
      }
    };
    const cut = async () => {
      for (let times = 0; times < 10; times += 1) {
        await plane.query(
          "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
        );
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    };
    const names = Array.from({ length: 200 }, (_, index) => `cut-${index}`);
    await Promise.all([cut(), ...names.map(told)]);
    expect((await kept()).filter((name) => answered.has(name)).length).toBe(answered.size);
    expect(answered.size).toBe(names.length);
    expect(new Set(await kept()).size).toBe((await kept()).length);
  });

  it("fail alone when the database refuses one of them", async () => {
    await plane.query(
      "alter table heartbeat_beats add constraint poison check (progress <> 'poison') not valid",
    );
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        beat({ beat: `p-${index}`, progress: index === 13 ? "poison" : "1%" }),
      ),
    );
    await plane.query("alter table heartbeat_beats drop constraint poison");
    expect(answers.map(({ status }) => status)).toEqual(
      Array.from({ length: 30 }, (_, i) => (i === 13 ? 500 : 200)),
    );
    expect((await kept()).filter((name) => name.startsWith("p-"))).toHaveLength(29);
    expect(await beat({ beat: "p-13" })).toMatchObject({ status: 200, body: { repeated: false } });
  });

  it("are kept when their day has no partition, and old days are dropped", async () => {
    const partitions = async () =>
      (
        await plane.query(
          "select c.relname as name from pg_inherits join pg_class c on c.oid = inhrelid where inhparent = 'growth_engine.heartbeat_beats'::regclass order by 1",
        )
      ).map((row) => String(row.name));
    await expect.poll(async () => (await partitions()).length, { timeout: 10_000 }).toBe(8);
    const [first = ""] = await partitions();
    plane.clock.advance(DAY);
    await beat({ beat: "tomorrow" });
    const [place] = await plane.query(
      "select tableoid::regclass::text as name from heartbeat_beats where beat = 'tomorrow'",
    );
    expect(place?.name).toBe(first);
    await expect.poll(async () => (await partitions()).length, { timeout: 10_000 }).toBe(9);
    // Longer than anybody made days ahead for.
    plane.clock.advance(30 * DAY);
    await beat({ beat: "far" });
    expect(await kept()).toContain("far");
    plane.clock.advance(75 * DAY);
    await expect.poll(partitions, { timeout: 10_000 }).not.toContain(first);
    expect(await kept()).toEqual(["far"]);
    await plane.admin("PUT /api/v1/heartbeat/thresholds", { body: { keep_days: 120 } });
    plane.clock.advance(30 * DAY);
    await expect
      .poll(
        async () =>
          (await plane.query("select ran_at from platform_jobs where name = 'heartbeat_history'"))[0]?.ran_at,
        {
          timeout: 10_000,
        },
      )
      .toSatisfy((ran: number) => ran > plane.clock.now() - 60_000);
    expect(await kept()).toEqual(["far"]);
  });
});
