import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ControlPlane } from "../harness/control-plane.ts";
import { startTaskPlane, type Tasks } from "../harness/task-plane.ts";

describe("an import of tasks", () => {
  let plane: ControlPlane;
  let manager: Tasks;
  let agent: Record<"ada", Tasks>;
  beforeAll(async () => {
    ({ plane, manager, agent } = await startTaskPlane("ada"));
  });
  afterAll(() => plane.close());
  const outcomes = async (body: Parameters<Tasks["import"]>[0]) =>
    Object.fromEntries(
      (await manager.import(body)).body.tasks.map(({ id, outcome, fields }) => [
        id,
        [outcome, ...fields].join(" "),
      ]),
    );

  const tasks = [
    { id: "I-3", title: "three", depends_on: ["I-1", "I-2"] },
    { id: "I-2", title: "two", priority: "P0" as const, criteria: ["works"], due_at: "2031-01-31T00:00:00Z" },
    { id: "I-1", title: "one", state: "completed" as const, reason: "closed there" },
  ];

  it("takes them in any order, with what they wait for, and says before what it would do", async () => {
    expect(await outcomes({ tasks, dry_run: true })).toEqual({
      "I-1": "added",
      "I-2": "added",
      "I-3": "added",
    });
    expect((await manager.show("I-1")).status).toBe(404);
    expect(await outcomes({ tasks })).toEqual({ "I-1": "added", "I-2": "added", "I-3": "added" });
    expect((await manager.show("I-3")).body).toMatchObject({ ready: false, open_dependencies: 1 });
    expect((await manager.show("I-1")).body).toMatchObject({ state: "completed", reason: "closed there" });
    expect((await manager.events("I-3")).body.items.map(({ kind }) => kind)).toEqual(["imported"]);
  });

  it("changes nothing when it is asked again", async () => {
    const before = (await manager.list()).body;
    const same = { "I-1": "unchanged", "I-2": "unchanged", "I-3": "unchanged" };
    expect(await outcomes({ tasks })).toEqual(same);
    expect((await manager.list()).body).toEqual(before);
  });

  it("changes what differs, leaves what it says nothing of, and skips what has ended", async () => {
    await manager.update("I-2", { description: "by hand" });
    const changed = [
      { id: "I-1", title: "one, renamed" },
      { id: "I-2", title: "two, renamed" },
      { id: "I-3", title: "three", depends_on: ["I-2"] },
    ];
    const skipping = { tasks: changed, existing: "skip" as const };
    expect(await outcomes(skipping)).toEqual({
      "I-1": "skipped title",
      "I-2": "skipped title",
      "I-3": "skipped depends_on",
    });
    expect(await outcomes({ tasks: changed })).toEqual({
      "I-1": "skipped title",
      "I-2": "changed title",
      "I-3": "changed depends_on",
    });
    expect((await manager.show("I-2")).body).toMatchObject({
      title: "two, renamed",
      description: "by hand",
      priority: "P0",
    });
    expect((await manager.show("I-3")).body.depends_on.map(({ id }) => id)).toEqual(["I-2"]);
  });

  it("is refused whole, by name, for circles, unknown dependencies and tasks given twice", async () => {
    const circle = [
      { id: "C-1", title: "t", depends_on: ["C-2"] },
      { id: "C-2", title: "t", depends_on: ["C-1"] },
    ];
    const round = await manager.import({ tasks: circle });
    expect(round).toMatchObject({ status: 409, body: { code: "TASK_CYCLE" } });
    expect(round.body.detail).toMatch(/C-1 → C-2 → C-1/);
    const throughOld = [{ id: "I-2", title: "two, renamed", depends_on: ["I-3"] }];
    expect(await manager.import({ tasks: throughOld })).toMatchObject({ body: { code: "TASK_CYCLE" } });
    const unknown = [{ id: "U-1", title: "t", depends_on: ["U-2"] }];
    expect(await manager.import({ tasks: unknown })).toMatchObject({
      status: 409,
      body: { code: "TASK_DEPENDENCY_MISSING", detail: expect.stringContaining("U-2") },
    });
    const twice = [unknown[0], unknown[0]] as typeof unknown;
    expect(await manager.import({ tasks: twice })).toMatchObject({ status: 400 });
    expect((await manager.list({ limit: "500" })).body.items.map(({ id }) => id).sort()).toEqual([
      "I-1",
      "I-2",
      "I-3",
    ]);
  });

  it("takes 2,000 at once, with long descriptions, and no more", async () => {
    const many = Array.from({ length: 2_000 }, (_, at) => ({
      id: `M-${at}`,
      title: `task ${at}`,
      description: "x".repeat(2_000),
      depends_on: at === 0 ? [] : [`M-${at - 1}`],
    }));
    const { status, body } = await manager.import({ tasks: many });
    expect(status).toBe(200);
    expect(body.tasks).toHaveLength(2_000);
    expect((await manager.show("M-1999")).body).toMatchObject({ ready: false, open_dependencies: 1 });
    const more = [...many, { id: "M-2000", title: "t" }].map(({ id, title }) => ({ id, title }));
    expect(await manager.import({ tasks: more })).toMatchObject({ status: 400 });
    const loop = [{ id: "M-0", title: "task 0", depends_on: ["M-1999"] }];
    expect(await manager.import({ tasks: loop })).toMatchObject({ body: { code: "TASK_CYCLE" } });
  });

  it("is for managers", async () => {
    expect(await agent.ada.import({ tasks })).toMatchObject({ status: 403, body: { code: "TOKEN_ROLE" } });
  });
});
