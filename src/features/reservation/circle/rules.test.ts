import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { circleClosedBy, describeCircle, findCircles, nameCircle, type Wait } from "./rules.ts";

const wait = (who: string, waits_for: string): Wait => ({ who, waits_for, because: "why" });
const name = fc.integer({ min: 0, max: 7 }).map((at) => `agent:${at}`);
const waits = fc.array(
  fc.tuple(name, name).map(([who, other]) => wait(who, other)),
  { maxLength: 20 },
);

/** Does a way lead from one to the other? */
function leads(all: readonly Wait[], from: string, to: string, seen = new Set<string>()): boolean {
  return all.some(({ who, waits_for }) => {
    if (who !== from || seen.has(waits_for)) return false;
    if (waits_for === to) return true;
    seen.add(waits_for);
    return leads(all, waits_for, to, seen);
  });
}

function isCircle(steps: readonly Wait[], all: readonly Wait[]): boolean {
  return steps.every(
    (step, at) => all.includes(step) && step.waits_for === steps[(at + 1) % steps.length]?.who,
  );
}

describe("a circle", () => {
  it("is closed by a wait exactly when a way leads back, and is told as one", () => {
    fc.assert(
      fc.property(waits, name, name, (all, who, other) => {
        const added = wait(who, other);
        const circle = circleClosedBy([added], all);
        expect(circle !== null).toBe(who === other || leads([...all, added], other, who));
        if (circle) expect([isCircle(circle, [...all, added]), circle[0]]).toEqual([true, added]);
      }),
      { numRuns: 2_000 },
    );
  });

  it("is found whenever somebody waits for itself in the end, and nothing else is called one", () => {
    fc.assert(
      fc.property(waits, (all) => {
        const circles = findCircles(all);
        for (const circle of circles) expect(isCircle(circle, all)).toBe(true);
        const stuck = [...new Set(all.map(({ who }) => who))].filter((who) => leads(all, who, who));
        expect(circles.length > 0).toBe(stuck.length > 0);
        // Whoever is in one is told in one, or waits for somebody who is.
        const told = new Set(circles.flatMap((circle) => circle.map(({ who }) => who)));
        for (const who of stuck)
          expect([...told].some((one) => one === who || leads(all, who, one))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it("is called the same whoever it was found from", () => {
    const ring = [wait("agent:b", "agent:c"), wait("agent:c", "agent:a"), wait("agent:a", "agent:b")];
    for (const turn of [0, 1, 2])
      expect(findCircles([...ring.slice(turn), ...ring.slice(0, turn)]).map(nameCircle)).toEqual([
        "agent:a → agent:b → agent:c",
      ]);
    expect(describeCircle([wait("agent:a", "task:T-1"), wait("task:T-1", "agent:a")])).toBe(
      "a waits for task T-1 (why), task T-1 waits for a (why)",
    );
  });

  it("is looked for in a chain of many thousands within a moment", () => {
    const chain = Array.from({ length: 20_000 }, (_, at) => wait(`agent:${at}`, `agent:${at + 1}`));
    expect(circleClosedBy([wait("agent:20000", "agent:1")], chain)).toHaveLength(20_000);
  });
});
