import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { importTasks } from "./contract.ts";
import type { SourceTask } from "./readers/source-task.ts";
import { settleTasks } from "./settle-tasks.ts";

const task = (id: string, change: Partial<SourceTask> = {}): SourceTask => ({
  file: "source",
  line: 1,
  id,
  title: `Task ${id}`,
  description: null,
  acceptance: [],
  priority: null,
  state: "assigned",
  reason: null,
  assignee: null,
  estimateMinutes: null,
  due: null,
  dependsOn: [],
  links: [],
  paths: [],
  payload: {},
  ...change,
});
const NOTHING = { tasks: new Set<string>(), agents: new Set<string>() };
const settle = (tasks: SourceTask[], ground = NOTHING) => settleTasks([{ tasks, notes: [] }], ground);

describe("settleTasks", () => {
  it("puts what others wait for first", () => {
    const { tasks, notes } = settle([
      task("a", { dependsOn: ["b"] }),
      task("b", { dependsOn: ["c"] }),
      task("c"),
    ]);
    expect(tasks.map(({ id, depends_on }) => [id, depends_on])).toEqual([
      ["c", []],
      ["b", ["c"]],
      ["a", ["b"]],
    ]);
    expect(notes).toEqual([]);
  });

  it("finds dependencies without case, by their number, and on the server", () => {
    const { tasks, notes } = settle(
      [task("BACK-1"), task("x", { dependsOn: ["back-1", "task-1", "OLD-9", "gone-3"] })],
      {
        ...NOTHING,
        tasks: new Set(["OLD-9"]),
      },
    );
    expect(tasks[1]?.depends_on).toEqual(["BACK-1", "OLD-9"]);
    expect(notes).toMatchObject([{ kind: "changed", detail: "gone-3" }]);
  });

  it("opens circles and names them", () => {
    const { tasks, notes } = settle([
      task("a", { dependsOn: ["b"] }),
      task("b", { dependsOn: ["a"] }),
      task("c", { dependsOn: ["c"] }),
    ]);
    expect(tasks.flatMap(({ depends_on }) => depends_on)).toHaveLength(1);
    expect(notes.map(({ detail }) => detail)).toEqual(["c", "a → b → a"]);
  });

  it("takes the first of two with one identifier, and names both places", () => {
    const { tasks, notes } = settle([task("a"), task("a", { line: 7, title: "again" })]);
    expect(tasks).toHaveLength(1);
    expect(notes).toMatchObject([{ kind: "left-out", line: 7, detail: "a: first at source:1" }]);
  });

  it("imports no claim: work under way elsewhere is assigned here, and its state kept", () => {
    const [settled] = settle([task("a", { state: "in_progress" })]).tasks;
    expect(settled).toMatchObject({ state: "assigned", payload: { state: "in_progress" } });
  });

  it("gives a task only to agents of the fleet", () => {
    const given = [task("a", { assignee: "ada" }), task("b", { assignee: "bob" })];
    const { tasks, notes } = settle(given, { ...NOTHING, agents: new Set(["ada"]) });
    expect(tasks).toMatchObject([{ assignee: "ada" }, { payload: { assignee: "bob" } }]);
    expect(tasks[1]).not.toHaveProperty("assignee");
    expect(notes).toMatchObject([{ detail: "bob" }]);
  });

  it("writes an identifier that no address can hold otherwise, also where it is depended on", () => {
    const { tasks, notes } = settle([
      task("next"),
      task("a/b\u0000"),
      task("c", { dependsOn: ["a/b\u0000", "next"] }),
    ]);
    expect(tasks.map(({ id }) => id)).toEqual(["task next", "a-b\uFFFD", "c"]);
    expect(tasks[2]?.depends_on).toEqual(["a-b\uFFFD", "task next"]);
    expect(notes).toHaveLength(3);
  });

  it("orders a chain of many thousand tasks, and opens one", () => {
    const chain = Array.from({ length: 20_000 }, (_, at) =>
      task(`t${at}`, { dependsOn: [`t${(at + 1) % 20_000}`] }),
    );
    const { tasks, notes } = settle(chain);
    expect([tasks.length, notes.length]).toEqual([20_000, 1]);
  });

  it("makes of any tasks what the server takes, in an order in which each can be added", () => {
    const id = fc.oneof(
      fc.constantFrom("a", "b", "A", "next", "x-1", "y-1"),
      fc.string({ unit: "binary", minLength: 1, maxLength: 200 }),
    );
    const text = fc.string({ unit: "binary", minLength: 1 }).filter((each) => each.trim() !== "");
    const sources = fc.array(
      fc.record({
        id: id.filter((each) => each.trim() !== ""),
        title: fc.oneof(
          text,
          text.map((each) => each.repeat(400)),
        ),
        description: fc.option(
          fc.oneof(
            text,
            text.map((each) => each.repeat(30_000)),
          ),
        ),
        acceptance: fc.array(text, { maxLength: 120 }),
        dependsOn: fc.array(id, { maxLength: 4 }),
        links: fc.array(fc.oneof(fc.webUrl(), text), { maxLength: 3 }),
        estimateMinutes: fc.option(fc.integer({ min: 0 })),
        payload: fc.dictionary(
          fc.string({ unit: "binary" }),
          fc.oneof(
            fc.jsonValue(),
            text.map((each) => each.repeat(9_000)),
          ),
        ),
        state: fc.constantFrom("assigned", "in_progress", "blocked", "completed", "cancelled"),
      }),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(sources, (given) => {
        const { tasks } = settle(given.map((each) => task(each.id, each as Partial<SourceTask>)));
        const body = importTasks.body.safeParse(JSON.parse(JSON.stringify({ tasks })));
        expect(body.error?.issues ?? []).toEqual([]);
        const before = new Set<string>();
        for (const each of tasks) {
          expect(each.depends_on?.every((one) => before.has(one))).toBe(true);
          before.add(each.id);
        }
      }),
      { numRuns: 100 },
    );
  });
});
