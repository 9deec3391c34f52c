import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupNotes } from "./group-notes.ts";
import { splitParts } from "./split-parts.ts";

describe("splitParts", () => {
  it("keeps order and tasks, and every part within what a call takes", () => {
    const tasks = fc.array(fc.record({ id: fc.string(), title: fc.string({ maxLength: 60 }) }), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(tasks, fc.integer({ min: 1, max: 9 }), (given, maxTasks) => {
        const parts = splitParts(given, { maxTasks, maxBytes: 200 });
        expect(parts.flat()).toEqual(given);
        for (const part of parts) {
          expect(part.length).toBeGreaterThan(0);
          expect(part.length).toBeLessThanOrEqual(maxTasks);
          const bytes = part.reduce((sum, task) => sum + Buffer.byteLength(JSON.stringify(task)), 0);
          expect(bytes <= 200 || part.length === 1).toBe(true);
        }
      }),
    );
  });
});

describe("groupNotes", () => {
  it("puts the same things together: what was left out first, then the most frequent", () => {
    const note = (kind: "left-out" | "changed", message: string) => ({ kind, message, file: "f", line: 1 });
    const groups = groupNotes([
      note("changed", "a"),
      note("changed", "b"),
      note("changed", "b"),
      note("left-out", "a"),
    ]);
    expect(groups.map(({ kind, message, notes }) => [kind, message, notes.length])).toEqual([
      ["left-out", "a", 1],
      ["changed", "b", 2],
      ["changed", "a", 1],
    ]);
  });
});
