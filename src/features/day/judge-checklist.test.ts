import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CHECKLIST } from "../../vocabulary/checklist.ts";
import { CHECK_STATES, type CheckState, type HealthCheck } from "../../vocabulary/health.ts";
import type { Survey } from "./contract.ts";
import { judgeChecklist } from "./judge-checklist.ts";

const NAMES = ["database", "evidence", "records", "heartbeat", "ban", "guards", "verdicts", "ci"];
const checksOf = (changed: Record<string, CheckState> = {}): HealthCheck[] =>
  NAMES.map((name) => ({ name, state: changed[name] ?? "ok", says: `${name} says`, hint: null, facts: {} }));
const survey = (changed: Partial<Survey> = {}): Survey => ({
  fleet: "default",
  since: "2026-01-01T00:00:00Z",
  last: null,
  states: {},
  agents: 2,
  idle: { count: 0, names: [] },
  blockers: { count: 0, items: [] },
  waiting: { count: 0, items: [] },
  unmoved: [],
  ...changed,
});
const states = (checks: readonly HealthCheck[], seen: Survey | null = survey()) =>
  judgeChecklist(checks, seen).map(({ state }) => state);

describe("the checklist of a day", () => {
  it("has the seven boxes of the specification, ticked when all is well", () => {
    expect(judgeChecklist(checksOf(), survey()).map(({ box }) => box)).toEqual([...CHECKLIST]);
    expect(new Set(states(checksOf()))).toEqual(new Set(["ok"]));
  });
  it("ticks nothing by default", () => {
    expect(new Set(states([], null))).toEqual(new Set(["unknown"]));
  });
  it.each([
    ["evidence", "fail", 3],
    ["records", "unknown", 3],
    ["heartbeat", "fail", 4],
    ["ban", "fail", 5],
    ["guards", "unknown", 6],
    ["verdicts", "fail", 6],
    ["ci", "fail", 6],
  ] as const)(
    "leaves the box open that %s is about when it is %s, and that of health",
    (name, state, box) => {
      expect(states(checksOf({ [name]: state })).flatMap((one, at) => (one === "ok" ? [] : [at]))).toEqual([
        0,
        box,
      ]);
    },
  );
  it("ticks over a warning, and says it", () => {
    const [health] = judgeChecklist(checksOf({ heartbeat: "warn" }), survey());
    expect(health).toMatchObject({ state: "ok", because: "8 checks answered well; worth a look: heartbeat" });
  });
  it("does not call active what nothing arrived of", () => {
    expect(states(checksOf({ evidence: "warn" }))[3]).toBe("unknown");
    expect(states(checksOf({ verdicts: "warn" }))[6]).toBe("unknown");
  });
  it("names agents without a task and what is blocked", () => {
    const blocker = {
      task: "T-1",
      title: "",
      priority: "P0",
      holder: null,
      type: null,
      reason: null,
      since: "",
      holds_up: 4,
    } as const;
    const filled = judgeChecklist(
      checksOf(),
      survey({
        agents: 9,
        idle: { count: 5, names: ["a", "b", "c", "d", "e"] },
        blockers: { count: 1, items: [blocker] },
      }),
    );
    expect(filled[1]).toMatchObject({ state: "fail", because: "5 of 9 hold none: a, b, c and 2 more" });
    expect(filled[2]).toMatchObject({ state: "fail", because: "1 blocked: T-1 (holds up 4)" });
    expect(judgeChecklist(checksOf(), survey({ agents: 0 }))[1]?.state).toBe("fail");
  });
  it("never ticks a box over a check that failed or could not be told", () => {
    const some = fc.dictionary(fc.constantFrom(...NAMES), fc.constantFrom(...CHECK_STATES));
    fc.assert(
      fc.property(some, (changed) => {
        const bad = Object.values(changed).some((state) => state === "fail" || state === "unknown");
        expect(states(checksOf(changed))[0] === "ok").toBe(!bad);
        const open = (names: string[]) =>
          names.some((name) => ["fail", "unknown"].includes(changed[name] ?? "ok"));
        const isSilent = changed.verdicts === "warn";
        expect(states(checksOf(changed))[6] === "ok").toBe(!isSilent && !open(["guards", "verdicts", "ci"]));
      }),
    );
  });
});
