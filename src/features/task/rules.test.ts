import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TASK_STATES, type TaskState } from "../../vocabulary/task.ts";
import { DEEDS, type Deed, type Doer, objectionTo, type Standing } from "./rules.ts";

const AGENTS = ["ada", "ben"];
const LEASE = 10;

/** A task that does what the statements do when there is no objection. */
function apply(
  deed: Deed,
  task: Standing,
  doer: Doer,
  to: string | null,
  now: number,
  fence: number,
): Standing {
  const state: TaskState = DEEDS[deed].to ?? task.state;
  const held = state === "in_progress" || state === "blocked";
  const claimed = deed === "claim" && doer !== "manager";
  const given = deed === "hand_over" || deed === "assign" || deed === "reassign";
  return {
    state,
    ready: state === "assigned",
    assignee: given ? to : task.assignee,
    holder: claimed ? doer.agent : held ? task.holder : null,
    fence: claimed ? fence : task.fence,
    lease_until:
      claimed || deed === "resume" ? now + LEASE : state === "in_progress" ? task.lease_until : null,
  };
}

const steps = fc.array(
  fc.record({
    deed: fc.constantFrom(...(Object.keys(DEEDS) as Deed[])),
    who: fc.constantFrom<string | null>(null, ...AGENTS),
    /** Shows the current fence, one of before, or none. */
    shows: fc.constantFrom<"current" | "old" | "none">("current", "current", "current", "old", "none"),
    to: fc.constantFrom<string | null>(null, ...AGENTS),
    wait: fc.nat(6),
  }),
  { maxLength: 60 },
);

describe("a task under any deeds in any order", () => {
  const walk = (
    see: (
      before: Standing,
      step: { deed: Deed; doer: Doer; now: number; did: boolean },
      after: Standing,
    ) => void,
  ) =>
    fc.assert(
      fc.property(steps, (given) => {
        let now = 0;
        let fences = 0;
        let task: Standing = {
          state: "assigned",
          ready: true,
          assignee: null,
          holder: null,
          fence: null,
          lease_until: null,
        };
        for (const { deed, who, shows, to, wait } of given) {
          now += wait;
          const shown = { current: task.fence, old: (task.fence ?? 1) - 1, none: null }[shows];
          const doer: Doer = who === null ? "manager" : { agent: who, fence: shown };
          const did = objectionTo(deed, task, doer, now) === null;
          let before = task;
          // The claim of an expired one returns it first.
          if (did && deed === "claim" && task.holder !== null)
            before = { ...task, state: "assigned", ready: true, holder: null, lease_until: null };
          if (did && deed === "claim") fences += 1;
          const after = did ? apply(deed, before, doer, to, now, fences) : task;
          see(task, { deed, doer, now, did }, after);
          task = after;
        }
      }),
      { numRuns: 1_000 },
    );

  it("has a holder exactly while it is worked on or blocked, and a lease exactly while it is worked on", () => {
    walk((_, __, { state, holder, lease_until, fence }) => {
      expect(holder !== null).toBe(state === "in_progress" || state === "blocked");
      expect(lease_until !== null).toBe(state === "in_progress");
      if (holder !== null) expect(fence).not.toBeNull();
    });
  });

  it("is changed by an agent only under the current fence and a lease that has not run out, or by a claim", () => {
    walk((before, { deed, doer, now, did }) => {
      if (!did || deed === "claim" || doer === "manager") return;
      expect(before.holder).toBe(doer.agent);
      expect(doer.fence).toBe(before.fence);
      if (before.lease_until !== null) expect(before.lease_until).toBeGreaterThan(now);
    });
  });

  it("is never claimed away from a holder whose lease has not run out, or who is blocked", () => {
    walk((before, { deed, now, did }) => {
      if (!did || deed !== "claim" || before.holder === null) return;
      expect(before.state).toBe("in_progress");
      expect(before.lease_until).toBeLessThanOrEqual(now);
    });
  });

  it("stays ended", () => {
    walk((before, { did }) => {
      if (before.state === "completed" || before.state === "cancelled") expect(did).toBe(false);
    });
  });

  it("gets a higher fence with each claim", () => {
    walk((before, { deed, did }, after) => {
      if (did && deed === "claim") expect(after.fence).toBeGreaterThan(before.fence ?? 0);
      else expect(after.fence).toBe(before.fence);
    });
  });
});

describe("the deeds", () => {
  it("lead from every open state to an end, and out of none", () => {
    const reached = new Set<TaskState>(["assigned"]);
    for (let size = 0; size !== reached.size; ) {
      size = reached.size;
      for (const { from, to } of Object.values(DEEDS))
        if (to && from.some((state: TaskState) => reached.has(state))) reached.add(to);
    }
    expect([...reached].sort()).toEqual([...TASK_STATES].sort());
  });
});
