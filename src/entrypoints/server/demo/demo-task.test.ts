import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { demoTask } from "./demo-task.ts";

describe("the demo's tasks", () => {
  it("have identifiers of their own, and wait for earlier ones only", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), (number) => {
        const { id, depends_on } = demoTask(number);
        expect(id).not.toBe(demoTask(number + 1).id);
        for (const needed of depends_on) expect(needed < id || needed.length < id.length).toBe(true);
      }),
    );
  });
});
