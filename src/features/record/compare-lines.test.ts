import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { comparePrefix, findMissing, lineSum } from "./compare-lines.ts";

const someLines = fc.array(fc.constantFrom("a", "b", "c", "d", "e"), { maxLength: 8 });

/** The plain definition: does `whole` hold `part` in order, with anything between? */
function isInOrder(part: readonly string[], whole: readonly string[]): boolean {
  let at = 0;
  for (const line of whole) if (line === part[at]) at += 1;
  return at === part.length;
}

describe("comparePrefix", () => {
  it("finds no departure exactly where the earlier lines are a prefix", () => {
    fc.assert(
      fc.property(someLines, someLines, (earlier, later) => {
        const isPrefix = earlier.every((line, index) => later[index] === line);
        expect(comparePrefix(earlier, later).departure === null).toBe(isPrefix);
      }),
    );
  });

  it("names the first line that departs", () => {
    fc.assert(
      fc.property(someLines, someLines, (earlier, later) => {
        const { departure } = comparePrefix(earlier, later);
        if (departure === null) return;
        expect(earlier.slice(0, departure.index)).toEqual(later.slice(0, departure.index));
        expect(earlier[departure.index]).not.toBe(later[departure.index]);
      }),
    );
  });

  it("keeps a tombstone only for the very line whose redaction is on record", () => {
    const tombstone = (line: string) => JSON.stringify({ redacted: lineSum(line) });
    const redactions = new Set([lineSum("b")]);
    expect(comparePrefix(["a", "b"], ["a", tombstone("b"), "c"], redactions)).toEqual({
      departure: null,
      redacted: [1],
    });
    expect(comparePrefix(["a", "b"], [tombstone("a"), "b"], redactions).departure?.index).toBe(0);
    expect(comparePrefix(["a", "b"], ["a", tombstone("b")]).departure?.index).toBe(1);
    for (const odd of ['{"redacted":1}', '"redacted"', "null", '["redacted"]', '{"redacted":'])
      expect(comparePrefix(["b"], [odd], redactions).departure?.index, odd).toBe(0);
  });
});

describe("findMissing", () => {
  it("finds nothing exactly where the parent's lines stand in order", () => {
    fc.assert(
      fc.property(someLines, someLines, (parent, merged) => {
        expect(findMissing(parent, merged).missing.length === 0).toBe(isInOrder(parent, merged));
      }),
    );
  });

  it("finds nothing in a union of two sides", () => {
    fc.assert(
      fc.property(someLines, someLines, someLines, (start, ours, theirs) => {
        const merged = [...start, ...ours, ...theirs];
        expect(findMissing([...start, ...ours], merged).missing).toEqual([]);
        expect(findMissing([...start, ...theirs], merged).missing).toEqual([]);
      }),
    );
  });

  it("takes a line's redaction for the line, and says so", () => {
    const redactions = new Set([lineSum("b")]);
    const tombstone = JSON.stringify({ redacted: lineSum("b") });
    expect(findMissing(["a", "b", "c"], ["a", tombstone, "x", "c"], redactions)).toEqual({
      missing: [],
      redacted: [1],
    });
    expect(findMissing(["a", "b"], ["a", tombstone]).missing).toEqual([1]);
  });

  it("is quick on half a million equal lines", () => {
    const same = new Array<string>(500_000).fill("{}");
    expect(findMissing(same, same.slice(1)).missing).toHaveLength(1);
  });
});
