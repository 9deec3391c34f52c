import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readGithub } from "./read-github.ts";

const read = (value: unknown) =>
  readGithub({
    name: "issues.json",
    content: Buffer.from(typeof value === "string" ? value : JSON.stringify(value, null, 1)),
  });

describe("readGithub", () => {
  it("maps an issue as gh writes it", () => {
    const { tasks, notes } = read([
      {
        number: 12,
        title: "Crash on save",
        body: "It crashes.\n\nBlocked by #3 and #4\n\n```\nblocked by #5\n```\n\n### Acceptance criteria\n\n- [ ] it saves\n",
        state: "OPEN",
        stateReason: "",
        labels: [{ id: "x", name: "bug" }, { name: "priority: high" }],
        assignees: [{ login: "ada" }],
        url: "https://github.com/o/r/issues/12",
        createdAt: "2026-01-01T00:00:00Z",
        milestone: { title: "1.0" },
      },
    ]);
    expect(notes).toEqual([]);
    expect(tasks).toMatchObject([
      {
        line: 2,
        id: "GH-12",
        title: "Crash on save",
        acceptance: ["it saves"],
        priority: "P1",
        state: "assigned",
        assignee: "ada",
        dependsOn: ["GH-3", "GH-4"],
        links: ["https://github.com/o/r/issues/12"],
        payload: {
          labels: ["bug", "priority: high"],
          createdAt: "2026-01-01T00:00:00Z",
          milestone: { title: "1.0" },
        },
      },
    ]);
  });

  it("maps issues as REST lists them, page after page", () => {
    const issue = {
      title: "t",
      body: null,
      labels: [],
      assignees: [],
      html_url: "https://github.com/o/r/issues/1",
      url: "https://api.github.com/x",
      node_id: "n",
    };
    const { tasks, notes } = read(
      `${JSON.stringify([
        { ...issue, number: 1, state: "closed", state_reason: "completed" },
        { ...issue, number: 2, state: "closed", state_reason: "not_planned" },
      ])}\n${JSON.stringify([
        { ...issue, number: 3, state: "open" },
        { ...issue, number: 4, state: "open", pull_request: { url: "x" } },
      ])}`,
    );
    expect(tasks.map(({ id, state, links }) => [id, state, links])).toEqual([
      ["GH-1", "completed", [issue.html_url]],
      ["GH-2", "cancelled", [issue.html_url]],
      ["GH-3", "assigned", [issue.html_url]],
    ]);
    expect(tasks[0]?.payload).toEqual({});
    expect(notes).toMatchObject([{ kind: "left-out", line: 2, detail: "#4" }]);
  });

  it.each([
    ['[{"number":1,"title":"a"},\n{"number":2,"title":}]', ["GH-1"], 2, "not JSON"],
    ['[{"number":1,"title":"a"},\n{"number":2,"title":"b"', ["GH-1"], 2, "not JSON"],
    ['[{"title":"a"}]', [], 1, "no number"],
    ["nothing", [], 1, "no JSON objects"],
    ["", [], 1, "no JSON objects"],
    [`[{"number":1,"title":"a","x":${"[".repeat(200_000)}${"]".repeat(200_000)}}]`, [], 1, "nested deeper"],
  ])("reads what it can, and names the rest with its line", (text, ids, line, why) => {
    const { tasks, notes } = read(text);
    expect(tasks.map(({ id }) => id)).toEqual(ids);
    expect(notes).toMatchObject([{ kind: "left-out", line }]);
    expect(notes[0]?.message).toContain(why);
  });

  it("says nothing about an empty list", () => {
    expect(read("[]\n")).toEqual({ tasks: [], notes: [] });
  });

  it("makes one task or one note of every object of a list", () => {
    const row = fc.record({
      number: fc.oneof(fc.nat(99), fc.jsonValue()),
      title: fc.jsonValue(),
      body: fc.jsonValue(),
      labels: fc.jsonValue(),
      assignees: fc.jsonValue(),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), (rows) => {
        const { tasks, notes } = read(rows);
        expect(tasks.length + notes.filter(({ kind }) => kind === "left-out").length).toBe(rows.length);
      }),
      { numRuns: 500 },
    );
  });

  it("never throws, whatever the text is", () => {
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc.array(fc.constantFrom("{", "}", "[", "]", '"', ",", "\\", "\n", "1")).map((each) => each.join("")),
    );
    fc.assert(
      fc.property(text, (given) => {
        const { tasks, notes } = read(given);
        expect(tasks.length + notes.length > 0 || given.trim() === "[]").toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
