import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { growTree, rootOfPeaks } from "./grow-tree.ts";
import { isConsistent, planConsistency } from "./prove-consistency.ts";
import { planInclusion, rootOfLeaves, type Span } from "./prove-leaves.ts";
import { EMPTY_ROOT, hashLeaf, hashNode, leftHalf } from "./tree-hash.ts";

const leavesOf = (size: number, word = "leaf") =>
  Array.from({ length: size }, (_, at) => hashLeaf(`${word} ${at}`));

/** MTH of RFC 6962 §2.1, word for word. */
function treeHash(leaves: readonly Buffer[]): Buffer {
  const [only = EMPTY_ROOT] = leaves;
  if (leaves.length < 2) return only;
  const half = leftHalf(leaves.length);
  return hashNode(treeHash(leaves.slice(0, half)), treeHash(leaves.slice(half)));
}

/** PATH of RFC 6962 §2.1.1, word for word. */
function auditPath(index: number, leaves: readonly Buffer[]): Buffer[] {
  if (leaves.length === 1) return [];
  const half = leftHalf(leaves.length);
  return index < half
    ? [...auditPath(index, leaves.slice(0, half)), treeHash(leaves.slice(half))]
    : [...auditPath(index - half, leaves.slice(half)), treeHash(leaves.slice(0, half))];
}

const hashesOf = (spans: readonly Span[], leaves: readonly Buffer[]) =>
  spans.map(([from, until]) => treeHash(leaves.slice(from, until)));

const SIZES = fc.integer({ min: 1, max: 600 });

describe("the tree", () => {
  it("has the root that Certificate Transparency's test vectors give", () => {
    const inputs = [
      "",
      "00",
      "10",
      "2021",
      "3031",
      "40414243",
      "5051525354555657",
      "606162636465666768696a6b6c6d6e6f",
    ];
    const leaves = inputs.map((hex) => hashLeaf(Buffer.from(hex, "hex").toString("latin1")));
    const roots = leaves.map((_, at) =>
      rootOfPeaks(growTree({ size: 0, peaks: [] }, leaves.slice(0, at + 1)).tree.peaks),
    );
    expect(roots[0]?.toString("hex")).toBe(
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    );
    expect(roots[7]?.toString("hex")).toBe(
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    );
  });

  it("has the same root in however many steps it grew, and tells each hash of each level of tiles once", () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 6 }), (steps) => {
        const leaves = leavesOf(steps.reduce((sum, step) => sum + step, 0));
        const levels = new Map<number, Buffer[]>();
        let tree: Parameters<typeof growTree>[0] = { size: 0, peaks: [] };
        for (const step of steps) {
          const grown = growTree(tree, leaves.slice(tree.size, tree.size + step));
          for (const { level, from, hashes } of grown.levels) {
            const known = levels.get(level) ?? [];
            expect(known.length).toBe(from);
            levels.set(level, [...known, ...hashes]);
          }
          tree = grown.tree;
        }
        expect(rootOfPeaks(tree.peaks)).toEqual(treeHash(leaves));
        for (const [at, hash] of (levels.get(1) ?? []).entries())
          expect(hash).toEqual(treeHash(leaves.slice(at * 256, at * 256 + 256)));
      }),
      { numRuns: 30 },
    ));

  it("proves one leaf by its audit path, and any leaves by one proof", () =>
    fc.assert(
      fc.property(
        SIZES,
        fc.infiniteStream(fc.nat()),
        fc.integer({ min: 1, max: 20 }),
        (size, stream, count) => {
          const leaves = leavesOf(size);
          const wanted = new Set(Array.from({ length: count }, () => (stream.next().value as number) % size));
          const indexes = [...wanted].sort((a, b) => a - b);
          const [one = 0] = indexes;
          expect(hashesOf(planInclusion([one], size), leaves)).toEqual(auditPath(one, leaves));
          const proof = hashesOf(planInclusion(indexes, size), leaves);
          const placed = indexes.map((index) => ({ index, hash: leaves[index] as Buffer }));
          expect(rootOfLeaves(placed, size, proof)).toEqual(treeHash(leaves));
          expect(rootOfLeaves(placed, size, [...proof, EMPTY_ROOT])).toBeNull();
          expect(rootOfLeaves(placed, size, proof.slice(1))?.equals(treeHash(leaves)) ?? false).toBe(
            proof.length === 0,
          );
          const other = placed.map((leaf, at) => (at === 0 ? { ...leaf, hash: hashLeaf("another") } : leaf));
          expect(rootOfLeaves(other, size, proof)).not.toEqual(treeHash(leaves));
        },
      ),
      { numRuns: 100 },
    ));

  it("proves that one tree is the beginning of another, and of no other", () =>
    fc.assert(
      fc.property(SIZES, SIZES, (one, two) => {
        const [before, after] = [Math.min(one, two), Math.max(one, two)];
        const leaves = leavesOf(after);
        const old = { size: before, root: treeHash(leaves.slice(0, before)) };
        const now = { size: after, root: treeHash(leaves) };
        const proof = hashesOf(planConsistency(before, after), leaves);
        expect(isConsistent(old, now, proof)).toBe(true);
        expect(isConsistent({ ...old, root: hashLeaf("another") }, now, proof)).toBe(false);
        expect(isConsistent(old, { ...now, root: hashLeaf("another") }, proof)).toBe(false);
        expect(isConsistent(old, now, [...proof, EMPTY_ROOT])).toBe(false);
        if (proof.length > 0) expect(isConsistent(old, now, proof.slice(1))).toBe(false);
      }),
      { numRuns: 100 },
    ));
});
