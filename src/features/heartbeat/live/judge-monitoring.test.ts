import { describe, expect, it } from "vitest";
import { judgeMonitoring } from "./judge-monitoring.ts";

const NOW = 1_800_000_000_000;
const facts = { states: { fresh: 3, done: 1 }, overdue: 0, silent: [], sweptAt: NOW - 1_000 };

describe("the monitoring of agents", () => {
  it("is well while somebody looks and nobody is silent at work", () => {
    expect(judgeMonitoring(facts, NOW)).toMatchObject({ state: "ok", says: "watched; 3 fresh, 1 done" });
    const night = { ...facts, states: { offline: 4 } };
    expect(judgeMonitoring(night, NOW).state).toBe("ok");
  });
  it("names who is silent at work", () => {
    expect(judgeMonitoring({ ...facts, states: { stale: 1 }, silent: ["ada"] }, NOW)).toMatchObject({
      state: "warn",
      says: "watched; 1 stale; silent at work: ada",
    });
  });
  it("fails when nobody looks, and cannot tell before anybody did", () => {
    expect(judgeMonitoring({ ...facts, sweptAt: NOW - 120_000 }, NOW)).toMatchObject({
      state: "fail",
      says: "nobody has looked at the agents for 2 min",
    });
    expect(judgeMonitoring({ ...facts, sweptAt: null }, NOW).state).toBe("unknown");
  });
  it("does not call a fleet watched in which nobody ever beat", () => {
    expect(judgeMonitoring({ ...facts, states: {} }, NOW).state).toBe("warn");
  });
});
