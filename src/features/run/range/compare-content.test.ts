import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareContent } from "./compare-content.ts";

type Tree = Record<string, string>;
const tree = fc.dictionary(fc.constantFrom("a", "b", "c", "d", "e"), fc.constantFrom("1", "2", "3"), {
  noNullPrototype: true,
});

function difference(from: Tree, to: Tree) {
  const paths = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort();
  return paths.filter((path) => from[path] !== to[path]).map((path) => ({ path, id: to[path] ?? null }));
}

describe("compareContent", () => {
  it("names exactly what differs, whichever commit both sides count from", () => {
    fc.assert(
      fc.property(tree, tree, tree, (base, ran, head) => {
        const own = new Map(difference(base, ran).map(({ path, id }) => [path, id]));
        const expected = difference(ran, head).map(({ path }) => path);
        expect(compareContent(own, difference(base, head))).toEqual(expected);
      }),
    );
  });
});
