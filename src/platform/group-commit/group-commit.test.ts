import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupCommit, type Outcome } from "./group-commit.ts";

const LIMITS = { atMost: 1_000, waitAtMost: 1_000 };
const done = (items: readonly number[]): Outcome<number>[] => items.map((item) => ({ done: item * 2 }));
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Writes that end when the test says so. */
function heldWrites() {
  const groups: number[][] = [];
  const ends: (() => void)[] = [];
  const write = (items: readonly number[]) => {
    groups.push([...items]);
    return new Promise<Outcome<number>[]>((resolve) => ends.push(() => resolve(done(items))));
  };
  const end = async () => {
    ends.shift()?.();
    await turn();
  };
  return { groups, write, end };
}

describe("group commit", () => {
  it("writes at once what comes first, and together what arrives meanwhile", async () => {
    const { groups, write, end } = heldWrites();
    const group = groupCommit({ ...LIMITS, write });
    const first = group.add([1]);
    await turn();
    const others = [group.add([2]), group.add([3, 4]), group.add([5])];
    await turn();
    expect(groups).toEqual([[1]]);
    await end();
    expect(await first).toEqual([{ done: 2 }]);
    expect(groups).toEqual([[1], [2, 3, 4, 5]]);
    await end();
    expect(await Promise.all(others)).toEqual([[{ done: 4 }], [{ done: 6 }, { done: 8 }], [{ done: 10 }]]);
  });

  it("answers each caller with its own outcomes, however calls are grouped and whichever items fail", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 5 }), {
          maxLength: 20,
        }),
        fc.uniqueArray(fc.integer({ min: 0, max: 30 })),
        fc.integer({ min: 1, max: 10 }),
        async (calls, poison, atMost) => {
          const write = async (items: readonly number[]) => {
            await turn();
            if (items.some((item) => poison.includes(item))) throw new Error("poisoned");
            return done(items);
          };
          const group = groupCommit({ ...LIMITS, atMost, write });
          const answers = await Promise.all(calls.map((items) => group.add(items)));
          for (const [index, items] of calls.entries()) {
            expect(answers[index]?.map((outcome) => ("done" in outcome ? outcome.done : null))).toEqual(
              items.map((item) => (poison.includes(item) ? null : item * 2)),
            );
          }
        },
      ),
      { numRuns: 50 },
    ));

  it("fails the callers of a commit that failed, once, and goes on", async () => {
    const away = Object.assign(new Error("away"), { code: "ECONNREFUSED" });
    let writes = 0;
    const write = async (items: readonly number[]) => {
      writes += 1;
      if (writes === 1) throw away;
      return done(items);
    };
    const group = groupCommit({ ...LIMITS, write });
    const failed = await Promise.all([group.add([1]), group.add([2])]);
    expect(failed.flat()).toEqual([{ error: away }, { error: away }]);
    expect(await group.add([3])).toEqual([{ done: 6 }]);
    expect(writes).toBe(2);
  });

  it("refuses what it cannot hold", async () => {
    const { write, end } = heldWrites();
    const group = groupCommit({ ...LIMITS, waitAtMost: 2, write });
    const first = group.add([1, 2]);
    await turn();
    await expect(group.add([3])).rejects.toMatchObject({ code: "SERVER_BUSY" });
    await end();
    await first;
    const again = group.add([3]);
    await turn();
    await end();
    expect(await again).toEqual([{ done: 6 }]);
  });
});
