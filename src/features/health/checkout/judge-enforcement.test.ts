import { describe, expect, it } from "vitest";
import { type EnforcementFacts, judgeEnforcement } from "./judge-enforcement.ts";

const WELL: EnforcementFacts = {
  hooks: true,
  ci: true,
  weakened: [],
  takenOff: [],
  verdict: "pass",
  findings: 0,
  first: null,
  summary: "",
};

describe("the enforcement of the ban", () => {
  it.each([
    [{}, "ok"],
    [{ hooks: false }, "ok"],
    [{ ci: false }, "warn"],
    [{ ci: false, hooks: false }, "fail"],
    [{ weakened: ["ban/import: off"] }, "fail"],
    [{ weakened: ["ban/import: warn"] }, "warn"],
    [{ takenOff: ["!context7-mcp"] }, "warn"],
    [{ verdict: "fail", findings: 2, first: "a imports b" }, "fail"],
    [{ verdict: "error" }, "unknown"],
  ] as const)("with %j is %s", (changed, state) => {
    expect(judgeEnforcement({ ...WELL, ...(changed as object) }).state).toBe(state);
  });
});
