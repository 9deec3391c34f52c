import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readBacklog } from "./read-backlog.ts";

const read = (text: string) => readBacklog({ name: "tasks/t.md", content: Buffer.from(text) });
const HEAD = "id: BACK-7\ntitle: Sort the list";

describe("readBacklog", () => {
  it("maps a task with all that has a place here, and keeps the rest", () => {
    const { tasks, notes } = read(`---
id: BACK-7.1
title: 'Sort: the list'
status: To Do
assignee: @ada
created_date: '2026-01-02 10:30'
due_date: 2026-03-01 09:00
labels:
  - ui
dependencies:
  - task-3
references:
  - https://example.com/issues/4
  - src/list.ts
priority: high
parent_task_id: BACK-7
---

## Description

<!-- SECTION:DESCRIPTION:BEGIN -->
Newest first.

### Why
People ask.
<!-- SECTION:DESCRIPTION:END -->

## Acceptance Criteria
<!-- AC:BEGIN -->
- [ ] #1 The list is \`sorted\`
- [x] #2 A test proves it
  - not this
<!-- AC:END -->

## Implementation Notes

Later.
`);
    expect(notes).toEqual([]);
    expect(tasks).toEqual([
      {
        file: "tasks/t.md",
        line: 1,
        id: "BACK-7.1",
        title: "Sort: the list",
        description: "Newest first.\n\n### Why\nPeople ask.",
        acceptance: ["The list is `sorted`", "A test proves it"],
        priority: "P1",
        state: "assigned",
        reason: null,
        assignee: "ada",
        estimateMinutes: null,
        due: "2026-03-01T09:00:00Z",
        dependsOn: ["task-3"],
        links: ["https://example.com/issues/4"],
        paths: [],
        payload: {
          created_date: "2026-01-02 10:30",
          labels: ["ui"],
          parent_task_id: "BACK-7",
          references: ["src/list.ts"],
          sections: { "Implementation Notes": "Later." },
        },
      },
    ]);
  });

  it.each([
    ["assignee: [@ada, @bob]", "ada", 1],
    ["assignee:\n  - '@ada'", "ada", 0],
    ["assignee:\n  - @ada", "ada", 0],
    ["assignee: []", null, 0],
  ])("reads %j", (line, assignee, noted) => {
    const { tasks, notes } = read(`---\n${HEAD}\n${line}\n---\n`);
    expect([tasks[0]?.assignee, notes.length]).toEqual([assignee, noted]);
  });

  it("takes text without headings for the description", () => {
    expect(read(`---\n${HEAD}\n---\nJust do it.`).tasks[0]?.description).toBe("Just do it.");
  });

  it("reads CRLF and a BOM", () => {
    const text = `\uFEFF---\n${HEAD}\nstatus: Done\n---\n## Description\n\nx\n`.replaceAll("\n", "\r\n");
    expect(read(text).tasks).toMatchObject([{ id: "BACK-7", state: "completed", description: "x" }]);
  });

  it.each([
    ["no front matter", 1, "no front matter"],
    ["---\nid: x\n", 1, "no front matter"],
    ["---\nid: x\n---\n", 1, "no title"],
    ["---\nid: x\ntitle: [a\n---\n", 3, "not YAML"],
    ["---\n- a\n---\n", 2, "no fields"],
    [`---\n${HEAD}\na: &a [x]\nb: *a\n---\n`, 2, "not readable"],
  ])("leaves out %j and says so with its line", (text, line, why) => {
    const { tasks, notes } = read(text);
    expect(tasks).toEqual([]);
    expect(notes).toMatchObject([{ kind: "left-out", file: "tasks/t.md", line }]);
    expect(notes[0]?.message).toContain(why);
  });

  it("leaves out what is nested deeper than the stack", () => {
    const { tasks, notes } = read(`---\n${HEAD}\nx: ${"[".repeat(20_000)}\n---\n`);
    expect([tasks.length, notes[0]?.kind]).toEqual([0, "left-out"]);
  });

  it("names the line that is not UTF-8", () => {
    const { notes } = readBacklog({ name: "t.md", content: Buffer.from([45, 10, 45, 10, 0xff, 10]) });
    expect(notes).toEqual([{ kind: "left-out", file: "t.md", line: 3, message: "the file is not UTF-8" }]);
  });

  it("makes of every file a task or a note, whatever it holds", () => {
    const head = fc.oneof(
      fc.string(),
      fc.jsonValue().map((value) => `id: ${JSON.stringify(value)}`),
      fc.constant(HEAD),
    );
    const file = fc.oneof(
      fc.string(),
      fc.tuple(head, fc.string()).map(([top, body]) => `---\n${top}\n---\n${body}`),
    );
    fc.assert(
      fc.property(file, (text) => {
        const { tasks, notes } = read(text);
        expect(tasks.length + notes.filter(({ kind }) => kind === "left-out").length).toBe(1);
      }),
      { numRuns: 500 },
    );
  });
});
