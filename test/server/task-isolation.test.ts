import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TASK_ROUTES } from "../../src/features/task/routes.ts";
import type { ControlPlane } from "../harness/control-plane.ts";
import { startTaskPlane, type Tasks, tasksAs } from "../harness/task-plane.ts";

describe("the tasks of a fleet", () => {
  let plane: ControlPlane;
  let manager: Tasks;
  let stranger: Tasks;
  let strangeAgent: Tasks;
  let agent: Record<"ada", Tasks>;
  beforeAll(async () => {
    ({ plane, manager, agent } = await startTaskPlane("ada"));
    stranger = tasksAs(plane.as(await plane.token("manager", { fleet: "other" })));
    strangeAgent = tasksAs(plane.as(await plane.token("agent", { fleet: "other", agent: "ada" })));
    await manager.add({ id: "OURS", title: "secret" });
    await manager.add({ id: "OURS-2", title: "secret", depends_on: ["OURS"] });
  });
  afterAll(() => plane.close());

  it("are tried by each route below with another fleet's token", () => {
    const tried = [
      "task_add",
      "task_list",
      "task_show",
      "task_next",
      "task_claim",
      "task_claim_next",
      "task_renew",
      "task_progress",
      "task_block",
      "task_resume",
      "task_hand_over",
      "task_reassign",
      "task_assign",
      "task_cancel",
      "task_depend",
      "task_update",
      "task_events",
      "task_complete",
      "task_check_completion",
      "task_import",
      "task_show_settings",
      "task_set_settings",
      "task_set_agent_lease",
    ];
    expect(TASK_ROUTES.map(({ endpoint }) => endpoint.name).sort()).toEqual(tried.sort());
  });

  it("are unknown to others, whatever they ask", async () => {
    const { body } = await agent.ada.claim("OURS");
    const fence = body.fence ?? 0;
    const unknown = { status: 404, body: { code: "TASK_UNKNOWN" } };
    for (const answer of [
      await stranger.show("OURS"),
      await stranger.events("OURS"),
      await stranger.check("OURS"),
      await strangeAgent.claim("OURS"),
      await strangeAgent.claim("OURS-2"),
      await strangeAgent.renew("OURS", fence),
      await strangeAgent.progress("OURS", { fence, percent: 1 }),
      await strangeAgent.block("OURS", { fence, type: "technical", reason: "r" }),
      await strangeAgent.resume("OURS", { fence }),
      await strangeAgent.complete("OURS", fence),
      await stranger.reassign("OURS", { to: null, reason: "r" }),
      await stranger.assign({ tasks: ["OURS-2"], to: null }),
      await stranger.cancel("OURS"),
      await stranger.depend("OURS-2", { remove: ["OURS"] }),
      await stranger.update("OURS", { title: "theirs" }),
    ])
      expect(answer).toMatchObject(unknown);
    await plane.token("agent", { fleet: "other", agent: "ben" });
    expect(await strangeAgent.handOver("OURS", { fence, to: "ben", context: "c" })).toMatchObject(unknown);
    expect((await stranger.list()).body.items).toEqual([]);
    expect((await stranger.next(50)).body.items).toEqual([]);
    expect((await strangeAgent.next(50)).body.items).toEqual([]);
    expect(await strangeAgent.claimNext()).toMatchObject({ status: 409, body: { code: "REFUSED" } });
    expect((await manager.show("OURS")).body).toMatchObject({ title: "secret", holder: "ada", fence });
  });

  it("share no names, dependencies or settings with those of another", async () => {
    expect((await stranger.add({ id: "OURS", title: "theirs" })).status).toBe(201);
    expect(await stranger.add({ id: "T-1", title: "t", depends_on: ["OURS-2"] })).toMatchObject({
      body: { code: "TASK_DEPENDENCY_MISSING" },
    });
    const imported = { tasks: [{ id: "OURS-2", title: "theirs" }] };
    expect((await stranger.import(imported)).body.tasks).toMatchObject([{ outcome: "added" }]);
    await stranger.setSettings({ lease_seconds: 60, policies: [] });
    await stranger.setAgentLease("ada", 30);
    expect((await manager.settings()).body).toMatchObject({ lease_seconds: 900, agents: [] });
    const ended = await strangeAgent.complete("OURS", (await strangeAgent.claim("OURS")).body.fence ?? 0);
    expect(ended.status).toBe(200);
    expect((await manager.show("OURS")).body.state).toBe("in_progress");
    expect((await manager.show("OURS-2")).body).toMatchObject({ title: "secret", ready: false });
  });
});
