import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type * as contract from "../../src/features/heartbeat/live/contract.ts";
import { type ControlPlane, startControlPlane } from "../harness/control-plane.ts";

const MINUTE = 60_000;

describe("patterns of beats", () => {
  let plane: ControlPlane;
  let token: string;
  beforeAll(async () => {
    plane = await startControlPlane();
    token = await plane.token("agent", { agent: "worker" });
    // Five minutes of silence, then 12, 17 and 40, the last of them ended by a restart; 30 in a declared test run.
    for (const [minutes, body] of [
      [0, {}],
      [5, {}],
      [12, {}],
      [17, {}],
      [40, { session: "restarted" }],
      [1, { session: "restarted", tool: { name: "npm test", budget_seconds: 1_800 } }],
      [30, { session: "restarted" }],
      [2, { session: "restarted", status: "blocked" }],
      [120, { session: "restarted", tree: "other" }],
    ] as const) {
      plane.clock.advance(minutes * MINUTE);
      await plane.as(token)("POST /api/v1/heartbeat", { body: { task: "ENG-1", ...body } });
    }
    plane.clock.advance(18 * MINUTE);
  });
  afterAll(() => plane.close());

  it("tell what thresholds would have done", async () => {
    const ask = (query: Record<string, string>) =>
      plane.as(token)<typeof contract.backtest>("GET /api/v1/heartbeat/backtest", { query: query as never });
    const { body } = await ask({});
    expect(body).toEqual({
      days: 30,
      grace_minutes: 10,
      thresholds: [
        { minutes: 10, alerts: 4, false_alerts: 2, undecided: 1 },
        { minutes: 15, alerts: 3, false_alerts: 1, undecided: 1 },
        { minutes: 20, alerts: 1, false_alerts: 0, undecided: 0 },
      ],
    });
    expect((await ask({ minutes: "4", grace: "0" })).body.thresholds).toEqual([
      { minutes: 4, alerts: 5, false_alerts: 0, undecided: 0 },
    ]);
    expect((await ask({ minutes: "x" })).status).toBe(400);
  });

  it("tell rhythm, bottlenecks and silences", async () => {
    const { body } = await plane.as(token)<typeof contract.showPatterns>("GET /api/v1/heartbeat/patterns");
    expect(body.rhythms).toMatchObject([{ agent: "worker", beats: 9 }]);
    expect(Math.round(body.rhythms[0]?.median_seconds ?? 0)).toBe(870);
    expect(body.bottlenecks).toMatchObject([{ task: "ENG-1", agent: "worker", is_going_on: false }]);
    expect(Math.round((body.bottlenecks[0]?.stalled_seconds ?? 0) / 60)).toBe(227);
    expect(
      body.silences.slice(0, 5).map(({ seconds, to }) => [Math.round(seconds / 60), to === null]),
    ).toEqual([
      [40, false],
      [18, true],
      [17, false],
      [12, false],
      [5, false],
    ]);
  });

  it("are those of the caller's fleet", async () => {
    const other = await plane.token("viewer", { fleet: "elsewhere" });
    const { body } = await plane.as(other)<typeof contract.showPatterns>("GET /api/v1/heartbeat/patterns");
    expect(body).toEqual({ days: 7, rhythms: [], bottlenecks: [], silences: [] });
  });
});
