import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type * as contract from "../../src/features/heartbeat/live/contract.ts";
import { type ControlPlane, startControlPlane } from "../harness/control-plane.ts";

const MINUTE = 60_000;

describe("an agent's state", () => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane();
  });
  afterAll(() => plane.close());

  const beat = async (token: string, body: object = {}) => {
    const answer = await plane.as(token)<typeof contract.sendBeat>("POST /api/v1/heartbeat", { body });
    expect(answer.status).toBe(200);
  };
  const show = async (agent: string) => {
    const { body } = await plane.admin<typeof contract.listStates>("GET /api/v1/heartbeat", {
      query: { agent },
    });
    return body.items[0];
  };
  const changesOf = async (agent: string) => {
    const { body } = await plane.admin<typeof contract.listChanges>("GET /api/v1/heartbeat/changes", {
      query: { agent },
    });
    return body.items.reverse();
  };
  /** What the sweep keeps, which runs by itself. */
  const found = (agent: string) =>
    expect.poll(async () => (await changesOf(agent)).map(({ to }) => to).join(" "), { timeout: 10_000 });

  it("falls from fresh to offline by silence alone, each step found and kept at the instant of its limit", async () => {
    const token = await plane.token("agent", { agent: "silent" });
    await beat(token, { task: "ENG-1" });
    const alive = Date.parse((await show("silent"))?.alive_at ?? "");
    await found("silent").toBe("fresh");
    plane.clock.advance(11 * MINUTE);
    expect(await show("silent")).toMatchObject({ state: "late" });
    await found("silent").toBe("fresh late");
    plane.clock.advance(5 * MINUTE);
    await found("silent").toBe("fresh late stale");
    plane.clock.advance(60 * MINUTE);
    await found("silent").toBe("fresh late stale offline");
    const changes = await changesOf("silent");
    expect(changes.map(({ at }) => Date.parse(at) - alive)).toEqual([
      0,
      10 * MINUTE,
      15 * MINUTE,
      60 * MINUTE,
    ]);
    expect(changes.every(({ task }) => task === "ENG-1")).toBe(true);
    await beat(token, {});
    await found("silent").toBe("fresh late stale offline fresh");
    expect(await show("silent")).toMatchObject({ state: "fresh", task: "ENG-1" });
  });

  it("is fresh for as long as the tool in flight may take", async () => {
    const token = await plane.token("agent", { agent: "tester" });
    const tool = { name: "npm test", budget_seconds: 25 * 60, call: "call-1" };
    await beat(token, { tool });
    plane.clock.advance(20 * MINUTE);
    await beat(token, { tool });
    const { active, alive_at, state } = (await show("tester")) ?? {};
    expect(state).toBe("fresh");
    // A beat during the call shows life, and does not give the call its budget again.
    expect(Date.parse(active?.until ?? "") - Date.parse(alive_at ?? "")).toBeLessThanOrEqual(5 * MINUTE);
    plane.clock.advance(14 * MINUTE);
    expect(await show("tester")).toMatchObject({ state: "fresh" });
    plane.clock.advance(2 * MINUTE);
    expect(await show("tester")).toMatchObject({ state: "late" });
    await found("tester").toBe("fresh late");
  });

  it("is judged from the beat again when the tool came back early", async () => {
    const token = await plane.token("agent", { agent: "quick" });
    await beat(token, { tool: { name: "build", budget_seconds: 3_600 } });
    plane.clock.advance(MINUTE);
    await beat(token, {});
    plane.clock.advance(11 * MINUTE);
    await found("quick").toBe("fresh late");
  });

  it("is what an agent says of itself, which no silence changes", async () => {
    const said = {
      blocked: { status: "blocked" },
      done: { status: "done" },
      waiting: { status: "waiting", waiting_for: "human" },
    };
    for (const [state, body] of Object.entries(said)) {
      const token = await plane.token("agent", { agent: `says-${state}` });
      await beat(token, body);
    }
    plane.clock.advance(30 * 60 * MINUTE);
    for (const state of Object.keys(said)) {
      expect(await show(`says-${state}`)).toMatchObject({ state });
      await found(`says-${state}`).toBe(state);
    }
  });

  it("is waiting until a rate limit ends, and late when nothing is heard after it", async () => {
    const token = await plane.token("agent", { agent: "limited" });
    const until = new Date(plane.clock.now() + 120 * MINUTE).toISOString();
    await beat(token, { status: "waiting", waiting_for: "rate-limit", until });
    plane.clock.advance(119 * MINUTE);
    expect(await show("limited")).toMatchObject({ state: "waiting", waiting: { for: "rate-limit", until } });
    plane.clock.advance(12 * MINUTE);
    expect(await show("limited")).toMatchObject({ state: "late" });
    await found("limited").toBe("waiting late");
  });

  it("tells being alive from getting on", async () => {
    const token = await plane.token("agent", { agent: "busy" });
    await beat(token, { task: "ENG-1", tree: "a" });
    const first = await show("busy");
    plane.clock.advance(5 * MINUTE);
    await beat(token, { task: "ENG-1", tree: "a", progress: "still at it" });
    await beat(token, {});
    const second = await show("busy");
    expect(second?.progressing_at).toBe(first?.progressing_at);
    expect(second?.alive_at).not.toBe(first?.alive_at);
    await beat(token, { result: "r1" });
    expect((await show("busy"))?.progressing_at).not.toBe(first?.progressing_at);
  });

  it("is judged by the thresholds of its fleet and its own, from the moment they are set", async () => {
    const token = await plane.token("agent", { agent: "patient" });
    const set = (body: object) =>
      plane.admin<typeof contract.setThresholds>("PUT /api/v1/heartbeat/thresholds", { body });
    await beat(token);
    plane.clock.advance(2 * MINUTE);
    expect(await set({ interval_seconds: 30, late_seconds: 60, agent: "patient" })).toMatchObject({
      status: 200,
      body: { agent: "patient", late_seconds: 60, stale_seconds: 900, keep_days: null },
    });
    await found("patient").toBe("fresh late");
    await set({ interval_seconds: null, late_seconds: null, agent: "patient" });
    await found("patient").toBe("fresh late fresh");
    expect(await set({ late_seconds: 9_000 })).toMatchObject({
      status: 400,
      body: { code: "INPUT_INVALID" },
    });
    expect(await set({ agent: "nobody", late_seconds: 700 })).toMatchObject({ status: 404 });
    const refused = await plane.as(token)<typeof contract.setThresholds>("PUT /api/v1/heartbeat/thresholds", {
      body: { late_seconds: 700 },
    });
    expect(refused).toMatchObject({ status: 403 });
    await set({ stale_seconds: 1_000 });
    const { body } = await plane.as(token)<typeof contract.listThresholds>(
      "GET /api/v1/heartbeat/thresholds",
    );
    expect(body.items).toMatchObject([
      { agent: null, late_seconds: 600, stale_seconds: 1_000 },
      { agent: "patient", late_seconds: 600, stale_seconds: 1_000 },
    ]);
  });
});
