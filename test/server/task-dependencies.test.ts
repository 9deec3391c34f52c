import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ControlPlane } from "../harness/control-plane.ts";
import { startTaskPlane, type Tasks, tasksAs } from "../harness/task-plane.ts";

describe("a dependency", () => {
  let plane: ControlPlane;
  let manager: Tasks;
  let agent: Record<"ada" | "ben", Tasks>;
  beforeAll(async () => {
    ({ plane, manager, agent } = await startTaskPlane("ada", "ben"));
  });
  afterAll(() => plane.close());

  const add = (id: string, depends_on: string[] = []) => manager.add({ id, title: id, depends_on });
  const complete = async (id: string, who = agent.ada) =>
    who.complete(id, (await who.claim(id)).body.fence ?? 0);
  /** What the rows say, against what they would be if counted anew. */
  const expectTrueCounts = async () =>
    expect(
      await plane.query(`select t.id from task_tasks t where t.open_dependencies <> (
        select count(*) from task_dependencies e join task_tasks n on n.fleet_id = e.fleet_id and n.id = e.needs
        where e.fleet_id = t.fleet_id and e.task = t.id and n.state <> 'completed')`),
    ).toEqual([]);

  it("holds a task back until what it waits for is completed, and then no longer", async () => {
    await add("A");
    await add("B", ["A"]);
    await add("C", ["A", "B"]);
    expect(await agent.ada.claim("C")).toMatchObject({
      status: 409,
      body: { code: "TASK_NOT_READY", detail: "C waits for A (assigned), B (assigned)" },
    });
    expect((await complete("A")).body.released).toEqual(["B"]);
    expect((await manager.show("B")).body).toMatchObject({ ready: true, open_dependencies: 0 });
    expect((await manager.show("C")).body).toMatchObject({ ready: false, open_dependencies: 1 });
    expect((await complete("B")).body.released).toEqual(["C"]);
    expect((await manager.events("C")).body.items.at(-1)).toMatchObject({
      kind: "released",
      actor: "server",
      details: { by: "B" },
    });
    expect((await complete("C")).status).toBe(200);
    await expectTrueCounts();
  });

  it("on a task that is not there is refused by name", async () => {
    const refusal = { status: 409, body: { code: "TASK_DEPENDENCY_MISSING" } };
    const answer = await add("D", ["A", "NOPE-1", "NOPE-2"]);
    expect(answer).toMatchObject(refusal);
    expect(answer.body.detail).toContain("NOPE-1, NOPE-2");
    expect((await manager.show("D")).status).toBe(404);
    await add("D");
    expect(await manager.depend("D", { add: ["NOPE-1"] })).toMatchObject(refusal);
    expect(await manager.depend("NOPE-1", { add: ["D"] })).toMatchObject({ body: { code: "TASK_UNKNOWN" } });
  });

  it("that closes a circle is refused, and the circle is told", async () => {
    await add("R1");
    await add("R2", ["R1"]);
    await add("R3", ["R2"]);
    const answer = await manager.depend("R1", { add: ["R3"] });
    expect(answer).toMatchObject({ status: 409, body: { code: "TASK_CYCLE" } });
    expect(answer.body.detail).toContain("R1 → R3 → R2 → R1");
    expect((await manager.show("R1")).body.depends_on).toEqual([]);
    expect(await manager.depend("R1", { add: ["R1"] })).toMatchObject({ body: { code: "TASK_CYCLE" } });
    expect(await add("R4", ["R4"])).toMatchObject({ body: { code: "TASK_CYCLE" } });
    await expectTrueCounts();
  });

  it("closes no circle when two edits each close half of it at once", async () => {
    const other = tasksAs(async (what, call) => {
      const { url } = await elsewhere;
      const response = await fetch(
        `${url}${what.split(" ")[1]?.replace(":task", (call as { params: { task: string } }).params.task)}`,
        {
          method: "POST",
          headers: { authorization: `Bearer ${await token}`, "content-type": "application/json" },
          body: JSON.stringify((call as { body: unknown }).body),
        },
      );
      return { status: response.status, body: (await response.json()) as never };
    });
    const elsewhere = plane.another();
    const token = plane.token("manager");
    for (let round = 0; round < 20; round += 1) {
      const ring = [0, 1, 2, 3].map((at) => `RING-${round}-${at}`);
      for (const id of ring) await add(id);
      const answers = await Promise.all(
        ring.map((id, at) =>
          (at % 2 === 0 ? manager : other).depend(id, { add: [ring[(at + 1) % ring.length] ?? ""] }),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 409]);
    }
    await expectTrueCounts();
  });

  it("counts right while tasks are completed and dependencies edited at once", async () => {
    for (let round = 0; round < 15; round += 1) {
      const [hub, one, two, late] = ["HUB", "ONE", "TWO", "LATE"].map((name) => `${name}-${round}`);
      for (const id of [one, two, late]) await add(id ?? "");
      await add(hub ?? "", [one ?? "", two ?? ""]);
      const fences = [
        (await agent.ada.claim(one ?? "")).body.fence ?? 0,
        (await agent.ben.claim(two ?? "")).body.fence ?? 0,
      ];
      await Promise.all([
        agent.ada.complete(one ?? "", fences[0] ?? 0),
        agent.ben.complete(two ?? "", fences[1] ?? 0),
        manager.depend(late ?? "", { add: [one ?? ""] }),
        manager.depend(hub ?? "", { add: [late ?? ""], remove: [two ?? ""] }),
        add(`AFTER-${round}`, [one ?? "", two ?? ""]),
      ]);
      expect((await manager.show(`AFTER-${round}`)).body.ready).toBe(true);
    }
    await expectTrueCounts();
  });

  it("that is cancelled goes on holding back, since it was not done", async () => {
    await add("X1");
    await add("X2", ["X1"]);
    await manager.cancel("X1");
    expect(await agent.ada.claim("X2")).toMatchObject({
      body: { code: "TASK_NOT_READY", detail: "X2 waits for X1 (cancelled)" },
    });
    expect((await manager.depend("X2", { remove: ["X1"] })).body.ready).toBe(true);
    await expectTrueCounts();
  });

  it("is no bar to what was completed before", async () => {
    await add("OLD");
    await complete("OLD");
    expect((await add("NEW", ["OLD"])).body).toMatchObject({ ready: true, open_dependencies: 0 });
    expect((await manager.depend("NEW", { remove: ["OLD"] })).body.ready).toBe(true);
    await expectTrueCounts();
  });
});

describe("what to do next", () => {
  let plane: ControlPlane;
  let manager: Tasks;
  let agent: Record<"ada" | "ben", Tasks>;
  beforeAll(async () => {
    ({ plane, manager, agent } = await startTaskPlane("ada", "ben"));
  });
  afterAll(() => plane.close());

  it("is looked for among all ready tasks: own ones first, then by priority and age", async () => {
    await manager.add({ id: "FIRST", title: "t", priority: "P3" });
    const waiting = Array.from({ length: 30 }, (_, at) => ({
      id: `WAIT-${at}`,
      title: "t",
      priority: "P0" as const,
      depends_on: ["FIRST"],
    }));
    await manager.import({ tasks: waiting });
    for (const [id, priority, assignee] of [
      ["POOL-2", "P2", undefined],
      ["POOL-1", "P1", undefined],
      ["ADA-3", "P3", "ada"],
      ["BEN-0", "P0", "ben"],
    ] as const)
      await manager.add({ id, title: "t", priority, ...(assignee ? { assignee } : {}) });
    const ids = async (who: Tasks, limit = 10) => (await who.next(limit)).body.items.map(({ id }) => id);
    expect(await ids(agent.ada)).toEqual(["ADA-3", "POOL-1", "POOL-2", "FIRST"]);
    expect(await ids(agent.ada, 1)).toEqual(["ADA-3"]);
    expect(await ids(agent.ben, 2)).toEqual(["BEN-0", "POOL-1"]);
    expect(await ids(manager)).toEqual(["BEN-0", "POOL-1", "POOL-2", "FIRST", "ADA-3"]);
  });
});
