import { EMPTY_ROOT, hashNode } from "./tree-hash.ts";

/** What goes on with a tree without its leaves: its size, and the roots of its full subtrees, the largest first. */
export interface Growth {
  size: number;
  peaks: readonly Buffer[];
}

/** Hashes of one level that came about, in order; `from` is the number of the first. */
export interface NewHashes {
  level: number;
  from: number;
  hashes: Buffer[];
}

/** So many levels of a tree lie between two levels of tiles: a tile holds 2^8 hashes (C2SP tlog-tiles). */
export const TILE_HEIGHT = 8;
/** Hashes of a full tile. */
export const TILE_WIDTH = 2 ** TILE_HEIGHT;

/** Adds leaves to a tree. @returns the larger tree, and what came about on each level of tiles */
export function growTree(
  { size, peaks }: Growth,
  leaves: readonly Buffer[],
): { tree: Growth; levels: NewHashes[] } {
  const stack = [...peaks];
  const levels = new Map<number, NewHashes>();
  const note = (level: number, place: number, hash: Buffer) => {
    const known = levels.get(level);
    if (known) known.hashes.push(hash);
    else levels.set(level, { level, from: place, hashes: [hash] });
  };
  let grown = size;
  for (const leaf of leaves) {
    note(0, grown, leaf);
    let hash = leaf;
    let place = grown;
    for (let height = 1; place % 2 === 1; height += 1) {
      hash = hashNode(stack.pop() ?? EMPTY_ROOT, hash);
      place = (place - 1) / 2;
      if (height % TILE_HEIGHT === 0) note(height / TILE_HEIGHT, place, hash);
    }
    stack.push(hash);
    grown += 1;
  }
  return { tree: { size: grown, peaks: stack }, levels: [...levels.values()] };
}

/** The root of a tree (RFC 6962 §2.1). */
export function rootOfPeaks(peaks: readonly Buffer[]): Buffer {
  const [last = EMPTY_ROOT, ...before] = [...peaks].reverse();
  return before.reduce((root, peak) => hashNode(peak, root), last);
}
