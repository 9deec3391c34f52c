import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type * as contract from "../../src/features/heartbeat/live/contract.ts";
import { type ControlPlane, startControlPlane } from "../harness/control-plane.ts";
import { type Choose, seeded } from "../harness/malform.ts";

const MINUTE = 60_000;
const AGENTS = 40;
const ROUNDS = 6;
const SEED = Number(process.env.GROWTH_ENGINE_TEST_SEED ?? 20_261_126);

/** Something that an agent may say, whatever it is. */
function anything(choose: Choose, now: number): object {
  const until = new Date(now + choose(40) * MINUTE).toISOString();
  return (
    [
      () => ({}),
      () => ({ task: `T-${choose(3)}`, tree: String(choose(5)) }),
      () => ({ tool: { name: "npm test", budget_seconds: 1 + choose(3_000) } }),
      () => ({ status: "blocked" }),
      () => ({ status: "done" }),
      () => ({ status: "waiting", waiting_for: "human" }),
      () => ({ status: "waiting", waiting_for: "rate-limit", until }),
    ][choose(7)]?.() ?? {}
  );
}

describe("the sweep", () => {
  let plane: ControlPlane;
  const tokens: string[] = [];
  beforeAll(async () => {
    plane = await startControlPlane();
    for (let at = 0; at < AGENTS; at += 1) tokens.push(await plane.token("agent", { agent: `a${at}` }));
  }, 120_000);
  afterAll(() => plane.close());

  const swept = async () =>
    Object.fromEntries(
      (await plane.query("select agent, state from heartbeat_states order by agent")).map(
        ({ agent, state }) => [agent, state],
      ),
    );
  /** What the rules say of the same rows at this moment. */
  const judged = async () => {
    const { body } = await plane.admin<typeof contract.listStates>("GET /api/v1/heartbeat", {
      query: { limit: 500 },
    });
    return Object.fromEntries(body.items.map(({ agent, state }) => [agent, state]));
  };

  it("finds of every agent what the rules say of it, whatever it said and however long ago", async () => {
    const choose = seeded(SEED);
    const seen = new Set<unknown>();
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const token of tokens.filter(() => choose(3) > 0)) {
        const body = anything(choose, plane.clock.now());
        const { status } = await plane.as(token)<typeof contract.sendBeat>("POST /api/v1/heartbeat", {
          body,
        });
        expect(status).toBe(200);
      }
      // Away from a limit by some seconds, so that the comparison itself crosses none.
      plane.clock.advance(choose(30) * MINUTE + 20_000);
      await expect
        .poll(async () => JSON.stringify(await swept()), { timeout: 15_000 })
        .toBe(JSON.stringify(await judged()));
      for (const state of Object.values(await swept())) seen.add(state);
    }
    expect([...seen].sort()).toEqual(["blocked", "done", "fresh", "late", "offline", "stale", "waiting"]);
  }, 120_000);
});
