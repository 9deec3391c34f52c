import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCsv } from "./read-csv.ts";

const read = (text: string) => readCsv({ name: "tasks.csv", content: Buffer.from(text) });

describe("readCsv", () => {
  it("maps the columns that have a place here, and keeps the others", () => {
    const { tasks, notes } = read(
      'Task ID,Summary,Description,Priority,Status,Assignee,Estimate,Due Date,Depends on,Acceptance criteria,Sprint\nA-1,"Say ""hi""","Two\nlines",High,In Progress,@ada,1h 30m,2026-02-01,"A-2; A-3",one;two,7\nA-2,Next,,,,,,,,,\n',
    );
    expect(notes).toEqual([]);
    expect(tasks).toMatchObject([
      {
        line: 2,
        id: "A-1",
        title: 'Say "hi"',
        description: "Two\nlines",
        priority: "P1",
        state: "in_progress",
        assignee: "ada",
        estimateMinutes: 90,
        due: "2026-02-01T23:59:59Z",
        dependsOn: ["A-2", "A-3"],
        acceptance: ["one", "two"],
        payload: { Sprint: "7" },
      },
      { line: 4, id: "A-2", title: "Next", priority: null, state: "assigned", payload: {} },
    ]);
  });

  it.each([";", "\t"])("finds out that cells are parted by %j", (mark) => {
    expect(read(`id${mark}title\n1${mark}a,b\n`).tasks).toMatchObject([{ id: "1", title: "a,b" }]);
  });

  it("reads what spreadsheets write: a BOM, UTF-16", () => {
    const utf16 = Buffer.from("\uFEFFid\ttitle\n1\tä\n", "utf16le");
    expect(readCsv({ name: "x", content: utf16 }).tasks).toMatchObject([{ id: "1", title: "ä" }]);
    expect(read("\uFEFFid,title\n1,ä\n").tasks).toMatchObject([{ id: "1", title: "ä" }]);
  });

  it("keeps what it does not understand, and says so", () => {
    const { tasks, notes } = read("id,title,priority,due,estimate\n1,a,soonish,tomorrow,some\n");
    expect(tasks).toMatchObject([
      { priority: null, due: null, payload: { priority: "soonish", due: "tomorrow", estimate: "some" } },
    ]);
    expect(notes.map(({ kind, line, detail }) => [kind, line, detail])).toEqual([
      ["changed", 2, "soonish"],
      ["changed", 2, "some"],
      ["changed", 2, "tomorrow"],
    ]);
  });

  it.each([
    ["", 1, "empty"],
    ["name,priority\na,1\n", 1, 'no column "id"'],
    ["id,title\n1,\n", 2, "no title"],
    ['id,title\n1,a\n2,"b\n3,c\n', 3, "what follows this line"],
  ])("leaves out what it cannot read of %j, and says so with its line", (text, line, why) => {
    const { notes } = read(text);
    expect(notes).toMatchObject([{ kind: "left-out", file: "tasks.csv", line }]);
    expect(notes[0]?.message).toContain(why);
  });

  it("reads rows on after a quote in the wrong place", () => {
    const { tasks, notes } = read('id,title\n1,"bad" quote\n2,an "other" one\n3,c\n');
    expect(tasks.map(({ id, title }) => [id, title])).toEqual([
      ["1", '"bad" quote'],
      ["2", 'an "other" one'],
      ["3", "c"],
    ]);
    expect(notes).toEqual([]);
  });

  it("names a row by the line on which it begins, also after rows of several lines", () => {
    const { tasks } = read('id,title\n1,"a\n\nb"\n\n2,c\n');
    expect(tasks.map(({ id, line }) => [id, line])).toEqual([
      ["1", 2],
      ["2", 6],
    ]);
  });

  it("reads back every cell that a writer of CSV quotes", () => {
    const cell = fc
      .string({ unit: "grapheme", minLength: 1 })
      .map((text) => text.replaceAll(/[\0\r]/g, "").trim())
      .filter((text) => text !== "");
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 6 }), (rows) => {
        const text = ["id,title", ...rows.map((row) => row.map(quoted).join(","))].join("\n");
        expect(read(text).tasks.map(({ id, title }) => [id, title])).toEqual(rows);
      }),
      { numRuns: 500 },
    );
  });

  it("never throws, and never says nothing about a text without tasks", () => {
    const text = fc
      .array(fc.constantFrom('"', ",", "\n", ";", "id", "title", "x", "\r"))
      .map((each) => each.join(""));
    fc.assert(
      fc.property(text, (given) => {
        const { tasks, notes } = read(given);
        expect(tasks.length + notes.length).toBeGreaterThan(0);
      }),
      { numRuns: 1_000 },
    );
  });
});
