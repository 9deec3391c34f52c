import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CommitWork, measureCoverage } from "./measure-coverage.ts";

const LINES = { agent: "ada", tool: "web", lines: 2 };

/** `c`: code; `e`: evidence; `b`: both; `o`: neither. Each commit changes a file of its own. */
function work(kinds: string): CommitWork[] {
  return [...kinds].map((kind, index) => ({
    commit: String(index),
    code: "eo".includes(kind) ? [] : [`src/${index}.ts`],
    evidence: "co".includes(kind) ? [] : [LINES],
  }));
}

function uncovered(kinds: string): string {
  return measureCoverage(work(kinds))
    .uncovered.map(({ commit }) => commit)
    .join("");
}

describe("coverage", () => {
  it.each([
    ["c", "0"],
    ["b", ""],
    ["ec", ""],
    ["ce", ""],
    ["cec", ""],
    ["ccec", "0"],
    ["bc", "1"],
    ["eecc", "3"],
    ["e", ""],
    ["coe", ""],
    ["eooc", ""],
    ["coeoc", ""],
    ["ccoe", "0"],
  ])("of commits %s lacks %j", (kinds, lacks) => {
    expect(uncovered(kinds)).toBe(lacks);
  });

  it("of a file needs evidence near every change of it", () => {
    const [first, second] = work("bc") as [CommitWork, CommitWork];
    const again = { ...second, code: first.code };
    expect(measureCoverage([first, again])).toMatchObject({ changed: 1, covered: 0, percent: 0 });
  });

  it("is 100 only when nothing lacks, and always adds up", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("c", "e", "b", "o"), { maxLength: 300 }), (kinds) => {
        const { changed, covered, percent, uncovered, byFolder } = measureCoverage(work(kinds.join("")));
        expect(covered + uncovered.length).toBe(changed);
        expect(percent === 100).toBe(changed > 0 && uncovered.length === 0);
        expect(byFolder.reduce((sum, each) => sum + each.covered, 0)).toBe(covered);
      }),
    );
  });

  it("counts the lines of an agent once, though they speak for two commits", () => {
    expect(measureCoverage(work("cec")).byAgent).toEqual([{ name: "ada", files: 2, lines: 2 }]);
  });
});
