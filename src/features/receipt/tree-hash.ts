import { hash } from "node:crypto";

/** Bytes of a hash. */
export const HASH_BYTES = 32;

const LEAF = 0;
const NODE = 1;

/** The root of a tree without leaves: SHA-256 of nothing (RFC 6962 §2.1). */
export const EMPTY_ROOT: Buffer = hash("sha256", "", "buffer");

/** The hash of a leaf: SHA-256 of 0x00 and its data (RFC 6962 §2.1). */
export function hashLeaf(data: string): Buffer {
  const bytes = Buffer.from(data);
  const told = Buffer.allocUnsafe(bytes.length + 1);
  told[0] = LEAF;
  bytes.copy(told, 1);
  return hash("sha256", told, "buffer");
}

const both = Buffer.alloc(1 + 2 * HASH_BYTES);
both[0] = NODE;

/** The hash of a node: SHA-256 of 0x01 and the hashes of both of its halves (RFC 6962 §2.1). */
export function hashNode(left: Buffer, right: Buffer): Buffer {
  left.copy(both, 1);
  right.copy(both, 1 + HASH_BYTES);
  return hash("sha256", both, "buffer");
}

/** The size of the left half of a tree of `size` leaves, at least two: the largest power of two below it. */
export function leftHalf(size: number): number {
  let half = 1;
  while (half * 2 < size) half *= 2;
  return half;
}
