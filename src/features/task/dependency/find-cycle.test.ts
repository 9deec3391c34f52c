import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Edge, findCycle } from "./find-cycle.ts";

const node = fc.integer({ min: 0, max: 12 }).map((at) => `T${at}`);
const edges = fc.array(fc.record({ task: node, needs: node }), { maxLength: 40 });

/** Kahn's algorithm (1962): takes off what waits for nothing; what is left is in a circle or waits for one. */
function hasCycle(given: readonly Edge[]): boolean {
  let left = [...given];
  for (;;) {
    const waiting = new Set(left.map(({ task }) => task));
    const rest = left.filter(({ needs }) => waiting.has(needs));
    if (rest.length === left.length) return rest.length > 0;
    left = rest;
  }
}

describe("findCycle", () => {
  it("finds a circle exactly when there is one, and it is one of the given edges", () => {
    fc.assert(
      fc.property(edges, (given) => {
        const cycle = findCycle(given);
        expect(cycle !== null).toBe(hasCycle(given));
        if (!cycle) return;
        expect(cycle[0]).toBe(cycle.at(-1));
        expect(new Set(cycle).size).toBe(cycle.length - 1);
        for (const [at, task] of cycle.slice(0, -1).entries())
          expect(given).toContainEqual({ task, needs: cycle[at + 1] });
      }),
      { numRuns: 2_000 },
    );
  });

  it("walks a chain of a hundred thousand", () => {
    const chain = Array.from({ length: 100_000 }, (_, at) => ({ task: `T${at}`, needs: `T${at + 1}` }));
    expect(findCycle(chain)).toBeNull();
    expect(findCycle([...chain, { task: "T100000", needs: "T0" }])).toHaveLength(100_002);
  });

  it("begins with the first edge that closes one", () => {
    expect(
      findCycle([
        { task: "A", needs: "C" },
        { task: "C", needs: "A" },
      ]),
    ).toEqual(["A", "C", "A"]);
    expect(findCycle([{ task: "A", needs: "A" }])).toEqual(["A", "A"]);
  });
});
