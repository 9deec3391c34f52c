import { describe, expect, it } from "vitest";
import { PublishedVerdict } from "../../../features/guard/live/contract.ts";
import { demoVerdict } from "./demo-verdict.ts";

describe("the demo's verdicts", () => {
  it("are verdicts as guards print them: a failure of one pull request, and the pass that ends it", () => {
    const [before, after] = [demoVerdict("DEMO-007", false), demoVerdict("DEMO-007", true)];
    for (const { verdict } of [before, after]) expect(PublishedVerdict.safeParse(verdict).success).toBe(true);
    expect([before.pull, before.verdict.verdict, after.pull, after.verdict.verdict]).toEqual([
      7,
      "fail",
      7,
      "pass",
    ]);
    expect(before.verdict.head).not.toBe(after.verdict.head);
  });
});
