import { hashNode, leftHalf } from "./tree-hash.ts";

/** The leaves of a tree from one to before another. */
export type Span = readonly [from: number, until: number];

/** A leaf that is shown to stand in a tree. */
export interface PlacedLeaf {
  index: number;
  hash: Buffer;
}

/** Of ascending numbers, the place of the first that is not below `least`, looking from one place to before another. */
function firstFrom(ascending: readonly number[], least: number, from: number, until: number): number {
  let [low, high] = [from, until];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Which subtrees prove that leaves stand in a tree: those that hold none of them, each as large as can be. Of one leaf
 * they are its audit path, in that order (RFC 6962 §2.1.1); of several, each is named once.
 * @param indexes of the leaves, ascending, at least one, all below `size`
 */
export function planInclusion(indexes: readonly number[], size: number): Span[] {
  const spans: Span[] = [];
  const visit = (from: number, until: number, first: number, end: number): void => {
    if (until - from === 1) return;
    const middle = from + leftHalf(until - from);
    const cut = firstFrom(indexes, middle, first, end);
    if (cut > first) visit(from, middle, first, cut);
    if (end > cut) visit(middle, until, cut, end);
    if (cut === first) spans.push([from, middle]);
    if (cut === end) spans.push([middle, until]);
  };
  visit(0, size, 0, indexes.length);
  return spans;
}

/**
 * The root of the tree in which these leaves stand, as a proof has it; null when the proof is not made for them.
 * @param leaves ascending, at least one
 * @param proof hashes of what {@link planInclusion} names
 */
export function rootOfLeaves(
  leaves: readonly PlacedLeaf[],
  size: number,
  proof: readonly Buffer[],
): Buffer | null {
  const indexes = leaves.map(({ index }) => index);
  if (indexes.some((index, at) => index >= size || index <= (indexes[at - 1] ?? -1))) return null;
  let used = 0;
  const visit = (from: number, until: number, first: number, end: number): Buffer | undefined => {
    if (until - from === 1) return leaves[first]?.hash;
    const middle = from + leftHalf(until - from);
    const cut = firstFrom(indexes, middle, first, end);
    let left = cut > first ? visit(from, middle, first, cut) : undefined;
    let right = end > cut ? visit(middle, until, cut, end) : undefined;
    if (cut === first) left = proof[used++];
    if (cut === end) right = proof[used++];
    return left && right && hashNode(left, right);
  };
  const root = leaves.length === 0 ? undefined : visit(0, size, 0, leaves.length);
  return root !== undefined && used === proof.length ? root : null;
}
