import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ControlPlane } from "../harness/control-plane.ts";
import { startTaskPlane, type Tasks } from "../harness/task-plane.ts";

describe("a task", () => {
  let plane: ControlPlane;
  let manager: Tasks;
  let agent: Record<"ada" | "ben", Tasks>;
  beforeAll(async () => {
    ({ plane, manager, agent } = await startTaskPlane("ada", "ben"));
  });
  afterAll(() => plane.close());

  it("is kept with all that was said of it", async () => {
    const { status, body } = await manager.add({
      id: "ENG-GA-MCP-CLEANUP",
      title: "Tidy up",
      description: "All of it.\n\nReally.",
      criteria: ["tests pass", { id: "docs", text: "the guide says so" }],
      paths: ["src/**"],
      priority: "P1",
      estimate: "2h30m",
      due_at: "2031-01-31T09:30:00+01:00",
      phase: "build",
      links: [{ kind: "issue", url: "https://example.com/1" }],
      payload: { any: ["thing"] },
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      id: "ENG-GA-MCP-CLEANUP",
      state: "assigned",
      ready: true,
      priority: "P1",
      estimate_minutes: 150,
      due_at: "2031-01-31T08:30:00.000Z",
      criteria: [
        { id: "1", text: "tests pass", proof: null },
        { id: "docs", text: "the guide says so", proof: null },
      ],
      paths: ["src/**"],
      payload: { any: ["thing"] },
      assignee: null,
      holder: null,
    });
    expect((await manager.show("ENG-GA-MCP-CLEANUP")).body).toEqual(body);
    expect(await manager.add({ id: "ENG-GA-MCP-CLEANUP", title: "Again" })).toMatchObject({
      status: 409,
      body: { code: "TASK_EXISTS" },
    });
  });

  it.each([
    { id: "next", title: "t" },
    { id: "..", title: "t" },
    { id: "a/b", title: "t" },
    { id: "x".repeat(129), title: "t" },
    { id: "Z-1", title: "t", estimate: "soon" },
    { id: "Z-1", title: "t", payload: { big: "x".repeat(33_000) } },
    { id: "Z-1", title: "t", links: [{ kind: "issue" as const, url: "javascript:alert(1)" }] },
    { id: "Z-1", title: "t", criteria: ["a", { id: "1", text: "b" }] },
  ])("that is broken is refused: %j", async (body) => {
    expect(await manager.add(body)).toMatchObject({ status: 400, body: { code: "INPUT_INVALID" } });
  });

  it("goes through a day: claim, progress, block, resume, hand over, complete", async () => {
    await manager.add({ id: "DAY-1", title: "A day", criteria: ["it works"] });
    const { body: claimed } = await agent.ada.claim("DAY-1");
    expect(claimed).toMatchObject({ state: "in_progress", holder: "ada", assignee: null, ready: false });
    const fence = claimed.fence ?? 0;
    expect(await agent.ben.claim("DAY-1")).toMatchObject({
      status: 409,
      body: { code: "TASK_HELD", detail: expect.stringContaining("held by ada") },
    });
    const { body: moved } = await agent.ada.progress("DAY-1", { fence, percent: 40, note: "half of it" });
    expect(moved).toMatchObject({ progress: 40, progress_note: "half of it" });
    const block = { type: "credentials" as const, reason: "no key", tried: "asked", impact: "no tests" };
    const { body: blocked } = await agent.ada.block("DAY-1", { fence, ...block });
    expect(blocked).toMatchObject({ state: "blocked", block, lease_until: null, holder: "ada" });
    const { body: resumed } = await agent.ada.resume("DAY-1", { fence });
    expect(resumed).toMatchObject({ state: "in_progress", block: null });
    const handover = { fence, to: "ben", context: "only the docs are left", files: ["docs/a.md"] };
    const { body: given } = await agent.ada.handOver("DAY-1", handover);
    expect(given).toMatchObject({
      state: "assigned",
      assignee: "ben",
      holder: null,
      handover: { from: "ada", context: "only the docs are left", files: ["docs/a.md"] },
    });
    expect(await agent.ada.progress("DAY-1", { fence, percent: 50 })).toMatchObject({
      status: 409,
      body: { code: "TASK_FENCE_STALE" },
    });
    expect(await agent.ada.claim("DAY-1")).toMatchObject({ body: { code: "TASK_ASSIGNED" } });
    const { body: taken } = await agent.ben.claim("DAY-1");
    expect(taken.fence).toBeGreaterThan(fence);
    expect(taken.handover?.from).toBe("ada");
    const proofs = [{ criterion: "1", proof: "test/day.test.ts" }];
    const { status, body: done } = await agent.ben.complete("DAY-1", taken.fence ?? 0, { proofs });
    expect(status).toBe(200);
    expect(done.task).toMatchObject({
      state: "completed",
      progress: 100,
      holder: null,
      criteria: [{ id: "1", proof: "test/day.test.ts" }],
    });
    const { body: events } = await manager.events("DAY-1");
    expect(events.items.map(({ kind, actor }) => `${kind} ${actor.replace(/:.{36}$/, "")}`)).toEqual([
      "added manager",
      "claimed agent:ada",
      "progressed agent:ada",
      "blocked agent:ada",
      "resumed agent:ada",
      "handed_over agent:ada",
      "claimed agent:ben",
      "completed agent:ben",
    ]);
    expect(events.items.at(-1)?.details).toMatchObject({ facts: { proofs }, assurance: "claimed" });
  });

  it("is given by managers: one, many, and away from its holder", async () => {
    for (const id of ["GIVE-1", "GIVE-2"]) await manager.add({ id, title: id });
    const { body } = await manager.assign({ tasks: ["GIVE-1", "GIVE-2"], to: "ada" });
    expect(body.items.map(({ assignee }) => assignee)).toEqual(["ada", "ada"]);
    expect(await agent.ben.claim("GIVE-1")).toMatchObject({ body: { code: "TASK_ASSIGNED" } });
    const { body: claimed } = await agent.ada.claim("GIVE-1");
    const both = { tasks: ["GIVE-2", "GIVE-1"], to: "ben" };
    expect(await manager.assign(both)).toMatchObject({ status: 409, body: { code: "TASK_HELD" } });
    expect((await manager.show("GIVE-2")).body.assignee).toBe("ada");
    const { body: moved } = await manager.reassign("GIVE-1", { to: "ben", reason: "ada is away" });
    expect(moved).toMatchObject({ state: "assigned", assignee: "ben", holder: null, reason: "ada is away" });
    expect(await agent.ada.renew("GIVE-1", claimed.fence ?? 0)).toMatchObject({
      body: { code: "TASK_FENCE_STALE" },
    });
    expect(await manager.assign({ tasks: ["GIVE-2"], to: "nobody" })).toMatchObject({
      status: 404,
      body: { code: "AGENT_UNKNOWN" },
    });
    expect(await manager.assign({ tasks: ["GIVE-2", "GONE"], to: "ben" })).toMatchObject({
      status: 404,
      body: { code: "TASK_UNKNOWN", detail: expect.stringContaining("GONE") },
    });
  });

  it("is given up with a reason, and then ends", async () => {
    await manager.add({ id: "UP-1", title: "up" });
    await manager.add({ id: "UP-2", title: "up", depends_on: ["UP-1"] });
    const { body } = await manager.cancel("UP-1", "bought instead");
    expect(body).toMatchObject({ task: { state: "cancelled", reason: "bought instead" }, waiting: ["UP-2"] });
    expect(await agent.ada.claim("UP-1")).toMatchObject({ status: 409, body: { code: "TASK_STATE" } });
    expect(await manager.cancel("UP-1")).toMatchObject({ status: 409, body: { code: "TASK_STATE" } });
    expect((await manager.show("UP-2")).body.ready).toBe(false);
    const { body: freed } = await manager.depend("UP-2", { remove: ["UP-1"] });
    expect(freed).toMatchObject({ ready: true, depends_on: [] });
  });

  it("is changed by managers while it is open: what is left out stays, null empties", async () => {
    await manager.add({ id: "CHG-1", title: "old", description: "d", phase: "p", estimate: 30 });
    const { body } = await manager.update("CHG-1", { title: "new", phase: null, priority: "P0" });
    expect(body).toMatchObject({
      title: "new",
      description: "d",
      phase: null,
      priority: "P0",
      estimate_minutes: 30,
    });
    expect(await manager.update("CHG-1", {})).toMatchObject({ status: 400 });
    expect(await agent.ada.update("CHG-1", { title: "mine" })).toMatchObject({
      status: 403,
      body: { code: "TOKEN_ROLE" },
    });
  });

  it("that an agent makes is its own or everybody's", async () => {
    expect((await agent.ada.add({ id: "OWN-1", title: "t", assignee: "ada" })).status).toBe(201);
    expect(await agent.ada.add({ id: "OWN-2", title: "t", assignee: "ben" })).toMatchObject({
      status: 403,
      body: { code: "TOKEN_ROLE" },
    });
  });

  it("has events that nobody can change", async () => {
    for (const change of ["update task_events set actor = 'x'", "delete from task_events"]) {
      const fleet = "select set_config('growth_engine.fleet', gen_random_uuid()::text, false)";
      await expect(plane.query(`${fleet}; set role growth_engine_fleet; ${change}`)).rejects.toThrow(
        /permission denied/,
      );
      await plane.query("reset role");
    }
  });

  it("is listed by priority, then age, and page by page", async () => {
    for (const [id, priority] of [
      ["LIST-1", "P3"],
      ["LIST-2", "P0"],
      ["LIST-3", "P3"],
    ] as const)
      await manager.add({ id, title: id, priority, phase: "listing" });
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const { body } = await manager.list({ phase: "listing", limit: "1", ...(cursor ? { cursor } : {}) });
      ids.push(...body.items.map(({ id }) => id));
      cursor = body.next;
    } while (cursor !== null);
    expect(ids).toEqual(["LIST-2", "LIST-1", "LIST-3"]);
    await agent.ada.claim("LIST-3");
    const of = async (query: Record<string, string>) =>
      (await manager.list({ phase: "listing", ...query })).body.items.map(({ id }) => id);
    expect(await of({ ready: "true" })).toEqual(["LIST-2", "LIST-1"]);
    expect(await of({ holder: "ada" })).toEqual(["LIST-3"]);
    expect(await of({ state: "in_progress", open: "true" })).toEqual(["LIST-3"]);
    expect(await of({ open: "false" })).toEqual([]);
    await manager.update("LIST-1", { due_at: "2020-01-01T00:00:00Z" });
    expect(await of({ overdue: "true" })).toEqual(["LIST-1"]);
  });
});
