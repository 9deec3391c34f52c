import { describe, expect, it } from "vitest";
import type { GuardVerdict, Verdict } from "../../vocabulary/finding.ts";
import { combineVerdicts } from "./index.ts";

const guards = (...verdicts: Verdict[]): GuardVerdict[] =>
  verdicts.map((verdict) => ({ guard: "guard-mcp", verdict, summary: "", findings: [] }));

describe("combineVerdicts", () => {
  it("lets error win over fail", () => {
    expect(combineVerdicts(guards("pass", "fail", "error"))).toBe("error");
  });

  it("lets fail win over pass", () => {
    expect(combineVerdicts(guards("pass", "fail", "not-applicable"))).toBe("fail");
  });

  it("counts not-applicable as pass", () => {
    expect(combineVerdicts(guards("not-applicable", "not-applicable"))).toBe("pass");
  });

  it("does not pass when no guard judged anything", () => {
    expect(combineVerdicts([])).toBe("error");
  });
});
