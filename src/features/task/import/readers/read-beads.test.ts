import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readBeads } from "./read-beads.ts";

const read = (...rows: unknown[]) =>
  readBeads({
    name: "issues.jsonl",
    content: Buffer.from(rows.map((row) => (typeof row === "string" ? row : JSON.stringify(row))).join("\n")),
  });

describe("readBeads", () => {
  it("maps an issue with all that has a place here, and keeps the rest", () => {
    const { tasks, notes } = read({
      id: "bd-a1",
      title: "Fix login",
      description: "It fails.",
      acceptance_criteria: "- [ ] users sign in\n- errors are shown",
      status: "open",
      priority: 0,
      issue_type: "bug",
      assignee: "ada",
      estimated_minutes: 90,
      due_at: "2026-02-01T00:00:00Z",
      external_ref: "https://example.com/issues/9",
      labels: ["auth"],
      created_at: "2026-01-01T00:00:00Z",
      dependencies: [
        { issue_id: "bd-a1", depends_on_id: "bd-a2", type: "blocks" },
        { issue_id: "bd-a1", depends_on_id: "bd-epic", type: "parent-child" },
      ],
    });
    expect(notes).toEqual([]);
    expect(tasks).toEqual([
      {
        file: "issues.jsonl",
        line: 1,
        id: "bd-a1",
        title: "Fix login",
        description: "It fails.",
        acceptance: ["users sign in", "errors are shown"],
        priority: "P0",
        state: "assigned",
        reason: null,
        assignee: "ada",
        estimateMinutes: 90,
        due: "2026-02-01T00:00:00Z",
        dependsOn: ["bd-a2"],
        links: ["https://example.com/issues/9"],
        paths: [],
        payload: {
          issue_type: "bug",
          labels: ["auth"],
          created_at: "2026-01-01T00:00:00Z",
          relations: [{ type: "parent-child", to: "bd-epic" }],
        },
      },
    ]);
  });

  it.each([
    ["open", "assigned", 0],
    ["in_progress", "in_progress", 0],
    ["hooked", "in_progress", 0],
    ["blocked", "blocked", 0],
    ["closed", "completed", 0],
    ["deferred", "assigned", 1],
    ["pinned", "assigned", 1],
    ["on the moon", "assigned", 1],
  ])("reads the status %s as %s", (status, state, noted) => {
    const { tasks, notes } = read({ id: "a", title: "b", status, priority: 2 });
    expect([tasks[0]?.state, notes.length]).toEqual([state, noted]);
  });

  it.each([
    [0, "P0", 0],
    [3, "P3", 0],
    [4, "P3", 1],
    [99, null, 1],
    [undefined, null, 0],
  ])("reads the priority %s as %s", (priority, ours, noted) => {
    const { tasks, notes } = read({ id: "a", title: "b", priority });
    expect([tasks[0]?.priority, notes.length]).toEqual([ours, noted]);
  });

  it.each([
    [{ id: "a", title: "b", status: "tombstone" }, "tombstone"],
    [{ _type: "memory", key: "k", value: "v" }, "not an issue"],
    [{ id: "a", title: "b", ephemeral: true }, "wisp"],
    [{ id: "a", title: "b", is_template: true }, "template"],
    [{ id: "a", title: "b", issue_type: "message" }, "not work"],
    [{ id: "a" }, "no title"],
    [{ title: "a" }, "no id"],
    ['{"id":"a","title":', "JSON"],
    ["[1]", "object"],
  ])("leaves out %j and says so with its line", (row, why) => {
    const { tasks, notes } = read({ id: "ok", title: "ok" }, row);
    expect(tasks.map(({ id }) => id)).toEqual(["ok"]);
    expect(notes).toMatchObject([{ kind: "left-out", file: "issues.jsonl", line: 2 }]);
    expect(notes[0]?.message).toContain(why);
  });

  it("makes of every line a task or a note, whatever the line holds", () => {
    const value = fc.oneof(
      fc.json(),
      fc.string(),
      fc.record({ id: fc.jsonValue(), title: fc.jsonValue() }).map((row) => JSON.stringify(row)),
    );
    fc.assert(
      fc.property(fc.array(value, { maxLength: 8 }), (lines) => {
        const given = lines
          .map((line) => line.replaceAll(/[\r\n]/g, " "))
          .filter((line) => line.trim() !== "");
        const { tasks, notes } = read(...given);
        const named = new Set([...tasks, ...notes].map(({ line }) => line));
        // A value that is broken over several lines is named once, at its first.
        expect(named.size > 0 || given.length === 0).toBe(true);
        expect(tasks.length).toBeLessThanOrEqual(given.length);
      }),
      { numRuns: 500 },
    );
  });

  it("makes one task or one note of every whole object", () => {
    const row = fc.record({
      id: fc.jsonValue(),
      title: fc.jsonValue(),
      status: fc.jsonValue(),
      dependencies: fc.jsonValue(),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), (rows) => {
        const { tasks, notes } = read(...rows);
        const left = notes.filter(({ kind }) => kind === "left-out");
        expect(tasks.length + left.length).toBe(rows.length);
      }),
      { numRuns: 500 },
    );
  });
});
