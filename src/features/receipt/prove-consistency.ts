import type { Span } from "./prove-leaves.ts";
import { hashNode, leftHalf } from "./tree-hash.ts";

/**
 * Which subtrees prove that a tree of `before` leaves is the beginning of one of `after` (RFC 6962 §2.1.2).
 * @param before at least 1, at most `after`
 */
export function planConsistency(before: number, after: number): Span[] {
  const visit = (rest: number, from: number, until: number, isKnown: boolean): Span[] => {
    if (rest === until - from) return isKnown ? [] : [[from, until]];
    const half = leftHalf(until - from);
    const middle = from + half;
    if (rest <= half) return [...visit(rest, from, middle, isKnown), [middle, until]];
    return [...visit(rest - half, middle, until, false), [from, middle]];
  };
  return visit(before, 0, after, true);
}

/** A tree as a checkpoint tells of it. */
export interface TreeHead {
  size: number;
  root: Buffer;
}

/** Does this proof show that one tree is the beginning of the other? Trees of one size must have one root. */
export function isConsistent(before: TreeHead, after: TreeHead, proof: readonly Buffer[]): boolean {
  if (before.size === 0) return proof.length === 0;
  if (before.size > after.size) return false;
  let used = 0;
  const next = (): Buffer => proof[used++] ?? Buffer.alloc(0);
  const visit = (rest: number, size: number, isKnown: boolean): readonly [old: Buffer, now: Buffer] => {
    if (rest === size) {
      const same = isKnown ? before.root : next();
      return [same, same];
    }
    const half = leftHalf(size);
    if (rest <= half) {
      const [old, now] = visit(rest, half, isKnown);
      return [old, hashNode(now, next())];
    }
    const [old, now] = visit(rest - half, size - half, false);
    const left = next();
    return [hashNode(left, old), hashNode(left, now)];
  };
  const [old, now] = visit(before.size, after.size, true);
  return used === proof.length && old.equals(before.root) && now.equals(after.root);
}
