import { TILE_HEIGHT, TILE_WIDTH } from "../grow-tree.ts";
import type { Span } from "../prove-leaves.ts";
import { HASH_BYTES, hashNode, leftHalf } from "../tree-hash.ts";

/** Names a tile: a row of 256 hashes of one level. */
export interface TileName {
  level: number;
  tile: number;
}

/** What a tile holds, or as much of it as there is; undefined when it is not there. */
export type ReadTile = (name: TileName) => Buffer | undefined;

const WHOLE = 2 ** TILE_HEIGHT;

/** A subtree whose hash stands in a tile: its level, and the how-manieth of that level it is. */
function standsAt([from, until]: Span): { level: number; place: number } | null {
  let size = until - from;
  let level = 0;
  for (; size % WHOLE === 0; size /= WHOLE) level += 1;
  return size === 1 ? { level, place: from / (until - from) } : null;
}

function eachStored(span: Span, visit: (name: TileName, place: number) => Buffer): Buffer {
  const at = standsAt(span);
  if (at !== null) {
    const { level, place } = at;
    return visit({ level, tile: Math.floor(place / TILE_WIDTH) }, place % TILE_WIDTH);
  }
  const [from, until] = span;
  const middle = from + leftHalf(until - from);
  const left = eachStored([from, middle], visit);
  return hashNode(left, eachStored([middle, until], visit));
}

/** The tiles that the hashes of subtrees are made of, each once. */
export function tilesFor(spans: readonly Span[]): TileName[] {
  const nothing = Buffer.alloc(HASH_BYTES);
  const names = new Map<string, TileName>();
  for (const span of spans)
    eachStored(span, (name) => {
      names.set(`${name.level} ${name.tile}`, name);
      return nothing;
    });
  return [...names.values()];
}

/** The hash of a subtree: a full one of the log, or all of a smaller log. @throws Error when a hash is not there */
export function hashOfSpan(span: Span, read: ReadTile): Buffer {
  return eachStored(span, (name, place) => {
    const hash = read(name)?.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES);
    if (hash?.length === HASH_BYTES) return hash;
    throw new Error(`the log lacks hash ${place} of tile ${name.tile} on level ${name.level}`);
  });
}

/** New hashes of one level as rows: what each tile gets more of. */
export function cutIntoTiles(from: number, hashes: readonly Buffer[]): { tile: number; hashes: Buffer }[] {
  const tiles: { tile: number; hashes: Buffer }[] = [];
  for (let at = 0; at < hashes.length; ) {
    const place = from + at;
    const some = hashes.slice(at, at + TILE_WIDTH - (place % TILE_WIDTH));
    tiles.push({ tile: Math.floor(place / TILE_WIDTH), hashes: Buffer.concat(some) });
    at += some.length;
  }
  return tiles;
}
