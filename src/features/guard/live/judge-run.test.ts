import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pullOfRun } from "./judge-run.ts";

const run = (commits: { head: string; pull: number | null }[]) => ({
  repository: "org/shop",
  commits,
  workflow: "w",
});
const word = (head: string, pull?: number) => ({ repository: "org/shop", verdict: { head }, pull });

describe("the word of a CI run", () => {
  it("is about the pull request that it names, where its commit is that one's head", () => {
    const both = run([
      { head: "a", pull: 1 },
      { head: "a", pull: 2 },
    ]);
    expect(pullOfRun(both, word("a", 2))).toBe(2);
    expect(pullOfRun(both, word("a"))).toBe(1);
    expect(() => pullOfRun(both, word("a", 3))).toThrow(/did not judge/);
  });

  it("is about no pull request where the run is about a commit alone, whatever it says", () => {
    expect(pullOfRun(run([{ head: "a", pull: null }]), word("a", 9))).toBeNull();
  });

  it("is never heard of another commit or repository", () => {
    const commit = fc.record({
      head: fc.string({ maxLength: 2 }),
      pull: fc.option(fc.integer({ min: 1, max: 3 })),
    });
    fc.assert(
      fc.property(
        fc.array(commit),
        fc.string({ maxLength: 2 }),
        fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
        (commits, head, pull) => {
          const isKnown = commits.some((one) => one.head === head);
          try {
            const found = pullOfRun(run(commits), word(head, pull));
            return isKnown && commits.some((one) => one.head === head && one.pull === found);
          } catch {
            return true;
          }
        },
      ),
    );
    expect(() =>
      pullOfRun(run([{ head: "a", pull: null }]), { ...word("a"), repository: "org/other" }),
    ).toThrow(/may speak of org\/shop/);
  });
});
