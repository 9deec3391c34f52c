import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type * as contract from "../../src/features/day/contract.ts";
import type { listInbox } from "../../src/features/message/contract.ts";
import type { ControlPlane } from "../harness/control-plane.ts";
import { startTaskPlane, type Tasks } from "../harness/task-plane.ts";

const HOUR = 3_600_000;

describe("the start of a day", () => {
  let plane: ControlPlane;
  let manager: Tasks;
  let agent: Record<"ada" | "bob" | "cyd", Tasks>;
  let token: Record<"ada" | "bob" | "cyd", string>;
  let boss = "";
  beforeAll(async () => {
    ({ plane, manager, agent, token } = await startTaskPlane("ada", "bob", "cyd"));
    boss = await plane.token("manager");
  });
  afterAll(() => plane.close());

  const survey = async () => (await plane.as(boss)<typeof contract.surveyDay>("GET /api/v1/day/survey")).body;
  const start = () =>
    plane.as(boss)<typeof contract.startDay>("POST /api/v1/day", {
      body: { checklist: [{ box: "No critical blockers identified", ticked: false, because: "T-1" }] },
    });
  const inbox = async (name: "ada" | "bob" | "cyd") =>
    (await plane.as(token[name])<typeof listInbox>("GET /api/v1/message/inbox")).body.items;

  it("names agents without a task, critical blockers with what they hold up, and what waits", async () => {
    for (const id of ["T-1", "T-2", "T-3", "T-4", "LOW", "GONE"])
      await manager.add({ id, title: id, priority: id === "LOW" ? "P3" : "P2" });
    await manager.add({ id: "URGENT", title: "urgent", priority: "P0" });
    await manager.depend("T-2", { add: ["T-1"] });
    await manager.depend("T-3", { add: ["T-2"] });
    await manager.depend("T-4", { add: ["GONE"] });
    await manager.cancel("GONE");
    const held = (await agent.ada.claim("T-1")).body.fence ?? 0;
    await agent.ada.block("T-1", { fence: held, type: "decision", reason: "which colour?" });
    const low = (await agent.bob.claim("LOW")).body.fence ?? 0;
    await agent.bob.block("LOW", { fence: low, type: "technical", reason: "holds up nobody" });
    const seen = await survey();
    expect(seen).toMatchObject({
      agents: 3,
      idle: { count: 1, names: ["cyd"] },
      last: null,
      blockers: {
        count: 1,
        items: [{ task: "T-1", holder: "ada", type: "decision", reason: "which colour?", holds_up: 2 }],
      },
    });
    expect(seen.waiting.items).toMatchObject([
      { task: "T-2", needs: ["T-1"], never: [] },
      { task: "T-3", needs: ["T-2"] },
      { task: "T-4", needs: ["GONE"], never: ["GONE"] },
    ]);
    const urgent = (await agent.cyd.claim("URGENT")).body.fence ?? 0;
    await agent.cyd.block("URGENT", { fence: urgent, type: "credentials", reason: "no key" });
    expect((await survey()).blockers.items.map(({ task }) => task)).toEqual(["URGENT", "T-1"]);
    await agent.cyd.resume("URGENT", { fence: urgent });
  });

  it("asks the agents of tasks that have not moved since the last start, once, and hears of progress by beats", async () => {
    await manager.setSettings({ lease_seconds: 7 * 86_400, policies: [] });
    await manager.add({ id: "BEATS", title: "beats" });
    await agent.bob.claim("BEATS");
    await plane.query(
      "update task_tasks set lease_until = now() + interval '9 days', lease_seconds = 700000 where state = 'in_progress'",
    );
    const first = await start();
    expect(first).toMatchObject({ status: 201, body: { asked: 0, by: expect.stringMatching(/^manager:/) } });
    plane.clock.advance(5 * HOUR);
    await plane.as(token.bob)(
      "POST /api/v1/heartbeat" as never,
      { body: { task: "BEATS", tree: "another" } } as never,
    );
    expect((await survey()).unmoved).toMatchObject([{ task: "URGENT", agent: "cyd" }]);
    expect((await survey()).last?.start).toBe(first.body.start);
    expect((await start()).body.asked).toBe(1);
    expect(await inbox("cyd")).toMatchObject([{ task: "URGENT", kind: "update", sent_by: "server" }]);
    expect(await inbox("bob")).toEqual([]);
    // Run again in the same morning: compared with the same start, and nobody is asked twice.
    expect((await start()).body.asked).toBe(0);
    expect((await survey()).last?.start).toBe(first.body.start);
    const { fence } = (await manager.show("URGENT")).body;
    await agent.cyd.progress("URGENT", { fence: fence ?? 0, percent: 40 });
    expect(await inbox("cyd")).toEqual([]);
    expect((await survey()).unmoved).toEqual([]);
  });

  it("is kept with its checklist, and listed newest first, page by page", async () => {
    const list = (query: Record<string, string>) =>
      plane.as(boss)<typeof contract.listDays>("GET /api/v1/day", { query: query as never });
    const { body } = await list({ limit: "2" });
    expect(body.items.map(({ asked }) => asked)).toEqual([0, 1]);
    expect(body.items[0]?.checklist).toEqual([
      { box: "No critical blockers identified", ticked: false, because: "T-1" },
    ]);
    expect((await list({ cursor: body.next ?? "" })).body.items).toHaveLength(1);
  });

  it("is for managers; an agent neither starts nor surveys", async () => {
    const asked = await plane.as(token.ada)("GET /api/v1/day/survey" as never);
    expect(asked.status).toBe(403);
    const viewer = await plane.token("viewer");
    expect(
      (await plane.as(viewer)("POST /api/v1/day" as never, { body: { checklist: [] } } as never)).status,
    ).toBe(403);
  });
});
