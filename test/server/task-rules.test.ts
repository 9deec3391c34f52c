import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TaskView } from "../../src/features/task/contract.ts";
import { type Deed, type Doer, objectionTo } from "../../src/features/task/rules.ts";
import type { ControlPlane } from "../harness/control-plane.ts";
import { startTaskPlane, type Tasks } from "../harness/task-plane.ts";

const MINUTE = 60_000;
const DEEDS = [
  "claim",
  "progress",
  "block",
  "resume",
  "hand_over",
  "reassign",
  "assign",
  "complete",
  "cancel",
] as const;

const steps = fc.array(
  fc.record({
    deed: fc.constantFrom(...DEEDS),
    who: fc.constantFrom<"ada" | "ben" | "manager">("ada", "ada", "ben", "manager"),
    current: fc.boolean(),
    to: fc.constantFrom("ada", "ben"),
    minutes: fc.constantFrom(0, 0, 0, 5, 14, 16),
  }),
  { minLength: 4, maxLength: 14 },
);

describe("the statements of deeds", () => {
  let plane: ControlPlane;
  let who: Record<"ada" | "ben" | "manager", Tasks>;
  beforeAll(async () => {
    const started = await startTaskPlane("ada", "ben");
    plane = started.plane;
    who = { ...started.agent, manager: started.manager };
  });
  afterAll(() => plane.close());

  const ask = (deed: Deed, tasks: Tasks, id: string, fence: number | undefined, to: string) => {
    const held = fence === undefined ? {} : { fence };
    const asks: Partial<Record<Deed, () => Promise<{ status: number; body: { code?: string } }>>> = {
      claim: () => tasks.claim(id),
      progress: () => tasks.progress(id, { ...held, percent: 1 }),
      block: () => tasks.block(id, { ...held, type: "decision", reason: "r" }),
      resume: () => tasks.resume(id, held),
      hand_over: () => tasks.handOver(id, { fence: fence ?? 1, to, context: "c" }),
      reassign: () => tasks.reassign(id, { to, reason: "r" }),
      assign: () => tasks.assign({ tasks: [id], to }),
      complete: () => tasks.complete(id, fence ?? 1),
      cancel: () => tasks.cancel(id),
    };
    return asks[deed]?.() ?? Promise.reject(new Error(deed));
  };
  const standing = (view: TaskView) => ({
    ...view,
    lease_until: view.lease_until === null ? null : Date.parse(view.lease_until),
  });

  it("agree with the rules, whatever is tried in whatever order", async () => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(steps, async (given) => {
        count += 1;
        const id = `RULE-${count}`;
        await who.manager.add({ id, title: id });
        for (const { deed, who: name, current, to, minutes } of given) {
          plane.clock.advance(minutes * MINUTE);
          const { body: view } = await who.manager.show(id);
          const fence = (view.fence ?? 1) + (current ? 0 : 1);
          const doer: Doer = name === "manager" ? "manager" : { agent: name, fence };
          const answer = await ask(deed, who[name], id, name === "manager" ? undefined : fence, to);
          // By role, before any rule; and a gift to oneself.
          if (answer.status === 403 || answer.body.code === "INPUT_INVALID") continue;
          const objection = objectionTo(deed, standing(view), doer, plane.clock.now());
          expect([deed, answer.body.code ?? null]).toEqual([deed, objection]);
          expect(answer.status).toBe(objection === null ? 200 : 409);
        }
      }),
      { numRuns: 25 },
    );
  });
});
