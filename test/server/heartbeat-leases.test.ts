import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type * as contract from "../../src/features/heartbeat/live/contract.ts";
import type * as task from "../../src/features/task/contract.ts";
import { type ControlPlane, startControlPlane } from "../harness/control-plane.ts";

const MINUTE = 60_000;

describe("a beat that carries a fence", () => {
  let plane: ControlPlane;
  let first: string;
  let second: string;
  beforeAll(async () => {
    plane = await startControlPlane();
    first = await plane.token("agent", { agent: "first" });
    second = await plane.token("agent", { agent: "second" });
  });
  afterAll(() => plane.close());

  const beat = (token: string, body: object) =>
    plane.as(token)<typeof contract.sendBeat>("POST /api/v1/heartbeat", { body });
  const make = async (id: string) =>
    plane.admin<typeof task.addTask>("POST /api/v1/task", { body: { id, title: id } });
  const claim = async (token: string, id: string) => {
    const claimed = await plane.as(token)<typeof task.claimTask>("POST /api/v1/task/:task/claim", {
      params: { task: id },
    });
    expect(claimed.status).toBe(200);
    return claimed.body.fence ?? 0;
  };
  const show = async (id: string) =>
    (await plane.admin<typeof task.showTask>("GET /api/v1/task/:task", { params: { task: id } })).body;

  it("renews the lease of its task and records its progress, for as long as it beats", async () => {
    await make("LONG");
    const fence = await claim(first, "LONG");
    const until = (await show("LONG")).lease_until ?? "";
    for (let times = 0; times < 6; times += 1) {
      plane.clock.advance(5 * MINUTE);
      expect((await beat(first, { task: "LONG", fence, progress: `${times * 10}% of it` })).status).toBe(200);
    }
    const renewed = await show("LONG");
    expect(renewed).toMatchObject({ state: "in_progress", holder: "first", progress: 50 });
    expect((renewed.lease_until ?? "") > until).toBe(true);
  });

  it("is refused and not kept when the claim is over, and its neighbours are not", async () => {
    await make("LOST");
    const fence = await claim(first, "LOST");
    await beat(first, { task: "LOST", fence, beat: "before" });
    plane.clock.advance(24 * 60 * MINUTE);
    await expect.poll(async () => (await show("LOST")).state, { timeout: 10_000 }).toBe("assigned");
    const next = await claim(second, "LOST");
    expect(next).toBeGreaterThan(fence);
    const answers = await Promise.all([
      beat(second, { task: "LOST", fence: next, beat: "mine" }),
      beat(first, { task: "LOST", fence, beat: "zombie" }),
      beat(first, { task: "LOST", fence: next, beat: "thief" }),
      beat(first, { task: "NONE", fence, beat: "nowhere" }),
      beat(first, { beat: "alive" }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 409, 409, 404, 200]);
    expect(answers[1]?.body).toMatchObject({ code: "TASK_FENCE_STALE" });
    const kept = await plane.query(
      "select beat from heartbeat_beats where beat in ('mine', 'zombie', 'thief', 'nowhere')",
    );
    expect(kept).toEqual([{ beat: "mine" }]);
    expect((await show("LOST")).holder).toBe("second");
  });

  it("may come sixteen times at once, and in lines with others", async () => {
    await make("BUSY");
    const fence = await claim(first, "BUSY");
    const at = (progress: number) => ({ task: "BUSY", fence, progress: `${progress}%` });
    const answers = await Promise.all(Array.from({ length: 16 }, (_, index) => beat(first, at(index))));
    expect(answers.map(({ status }) => status)).toEqual(Array(16).fill(200));
    const lines = [at(70), { ...at(80), fence: fence + 1_000 }, {}]
      .map((line) => JSON.stringify(line))
      .join("\n");
    const batch = await plane.as(first)<typeof contract.sendBeats>("POST /api/v1/heartbeat/batch", {
      body: lines,
    });
    expect(batch.body).toMatchObject({ received: 2, refused: [{ line: 2, code: "TASK_FENCE_STALE" }] });
    expect((await show("BUSY")).progress).toBe(70);
  });
});
