import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type * as contract from "../../src/features/heartbeat/live/contract.ts";
import { type ControlPlane, startControlPlane } from "../harness/control-plane.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe("a beat", () => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane();
  });
  afterAll(() => plane.close());

  const beat = (token: string, body: object) =>
    plane.as(token)<typeof contract.sendBeat>("POST /api/v1/heartbeat", { body });
  const stateOf = async (agent: string) => {
    const { body } = await plane.admin<typeof contract.listStates>("GET /api/v1/heartbeat", {
      query: { agent },
    });
    return body.items[0];
  };
  const changesOf = async (agent: string) => {
    const { body } = await plane.admin<typeof contract.listChanges>("GET /api/v1/heartbeat/changes", {
      query: { agent },
    });
    return body.items.map(({ from, to }) => `${from} → ${to}`).reverse();
  };
  const countOf = async (agent: string) =>
    Number((await plane.query("select count(*) from heartbeat_beats where agent = $1", [agent]))[0]?.count);

  it("tells where its agent stands, and is durable when it is answered", async () => {
    const token = await plane.token("agent", { agent: "builder" });
    const sent = await beat(token, { beat: "1", task: "ENG-1", progress: "40%" });
    expect(sent).toMatchObject({ status: 200, body: { beat: "1", repeated: false } });
    expect(await countOf("builder")).toBe(1);
    expect(await stateOf("builder")).toMatchObject({
      state: "fresh",
      task: "ENG-1",
      progress: "40%",
      active: null,
    });
    expect(await changesOf("builder")).toEqual(["null → fresh"]);
  });

  it("is counted once, however often it is told, and refreshes nothing when it is told again", async () => {
    const token = await plane.token("agent", { agent: "repeater" });
    await beat(token, { beat: "1" });
    const before = await stateOf("repeater");
    plane.clock.advance(MINUTE);
    expect(await beat(token, { beat: "1" })).toMatchObject({ status: 200, body: { repeated: true } });
    expect(await stateOf("repeater")).toEqual(before);
    const together = await Promise.all(Array.from({ length: 8 }, () => beat(token, { beat: "2" })));
    expect(together.filter(({ body }) => !body.repeated)).toHaveLength(1);
    expect(await countOf("repeater")).toBe(2);
  });

  it("that was received before midnight is known after it", async () => {
    const token = await plane.token("agent", { agent: "night-owl" });
    const toMidnight = 24 * HOUR - (plane.clock.now() % (24 * HOUR));
    plane.clock.advance(toMidnight - 1_000);
    await beat(token, { beat: "1" });
    plane.clock.advance(2_000);
    expect(await beat(token, { beat: "1" })).toMatchObject({ status: 200, body: { repeated: true } });
    expect(await countOf("night-owl")).toBe(1);
  });

  it("may come sixteen times at once", async () => {
    const token = await plane.token("agent", { agent: "eager" });
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, index) => beat(token, { beat: String(index), task: `T-${index % 2}` })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(16).fill(200));
    expect(await countOf("eager")).toBe(16);
  });

  it("is judged by when it was received, however wrong the agent's clock is", async () => {
    const token = await plane.token("agent", { agent: "skewed" });
    const timestamp = new Date(plane.clock.now() - 5 * HOUR).toISOString();
    await beat(token, { timestamp, task: "A" });
    const ahead = new Date(plane.clock.now() + 5 * HOUR).toISOString();
    await beat(token, { timestamp: ahead, task: "B" });
    await beat(token, { timestamp, task: "C" });
    expect(await stateOf("skewed")).toMatchObject({
      state: "fresh",
      task: "C",
      clock_off_seconds: -5 * 3_600,
    });
    const until = new Date(plane.clock.now() - 5 * HOUR + 10 * MINUTE).toISOString();
    await beat(token, { timestamp, status: "waiting", waiting_for: "rate-limit", until });
    const { waiting } = (await stateOf("skewed")) ?? {};
    expect(Math.abs(Date.parse(waiting?.until ?? "") - plane.clock.now() - 10 * MINUTE)).toBeLessThan(5_000);
  });

  it("comes from its agent's own token and from no other", async () => {
    const token = await plane.token("agent", { agent: "owner" });
    await beat(token, {});
    const other = await plane.token("agent", { agent: "stranger" });
    expect(await beat(other, { agent: "owner" })).toMatchObject({
      status: 403,
      body: { code: "TOKEN_ROLE" },
    });
    const manager = await plane.token("manager");
    expect(await beat(manager, { agent: "owner" })).toMatchObject({
      status: 403,
      body: { code: "TOKEN_ROLE" },
    });
    const { body } = await plane.admin("GET /api/v1/audit", { query: { action: "heartbeat_beat" } });
    expect(body).toMatchObject({ items: [{ result: "TOKEN_ROLE" }, { actor: "agent:stranger" }] });
    expect(await stateOf("stranger")).toBeUndefined();
  });

  it("is seen by its own fleet alone", async () => {
    const token = await plane.token("agent", { agent: "hidden", fleet: "elsewhere" });
    await beat(token, { task: "SECRET" });
    expect(await stateOf("hidden")).toBeUndefined();
    const { body } = await plane.as(token)<typeof contract.listStates>("GET /api/v1/heartbeat");
    expect(body.items.map(({ agent }) => agent)).toEqual(["hidden"]);
    const changes = await plane.as(token)<typeof contract.listChanges>("GET /api/v1/heartbeat/changes");
    expect(changes.body.items.map(({ agent }) => agent)).toEqual(["hidden"]);
  });

  it("that is none is refused by name", async () => {
    const token = await plane.token("agent", { agent: "clumsy" });
    const details: [object, RegExp][] = [
      [{ status: "waiting" }, /waiting_for/],
      [{ waiting_for: "human" }, /waiting_for/],
      [{ status: "waiting", waiting_for: "rate-limit" }, /until/],
      [{ fence: 3 }, /fence/],
      [{ task: "a\0b" }, /NUL/],
      [{ status: "donig" }, /status/],
      [{ timestamp: "0001-01-01T00:00:00Z" }, /1970/],
      [{ status: "waiting", waiting_for: "human", until: "2199-01-01T00:00:00Z" }, /31 days/],
      [{ tool: { name: "x", budget_seconds: 0 } }, /budget_seconds/],
      [{ progess: "40%" }, /progess/],
    ];
    for (const [body, sentence] of details) {
      const answer = await beat(token, body);
      expect(answer).toMatchObject({ status: 400, body: { code: "INPUT_INVALID" } });
      expect((answer.body as unknown as { detail: string }).detail).toMatch(sentence);
    }
  });
});
