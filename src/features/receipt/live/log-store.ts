import { sql } from "kysely";
import type { Transaction } from "../../../platform/database/index.ts";
import type { Growth, NewHashes } from "../grow-tree.ts";
import { HASH_BYTES } from "../tree-hash.ts";
import { cutIntoTiles, type ReadTile, type TileName } from "./tile-hashes.ts";

/** A log as it is kept. */
export interface KeptLog extends Growth {
  /** The 32 bytes of the key that signs it. */
  publicKey: Buffer;
}

/** A leaf that says of a line that it was here. */
export interface KeptLeaf {
  leaf: number;
  /** Milliseconds since 1970. */
  received: number;
}

interface Row {
  size: number;
  peaks: Buffer;
  public_key: Buffer;
}

function logOf({ size, peaks, public_key }: Row): KeptLog {
  const roots = Array.from({ length: peaks.length / HASH_BYTES }, (_, at) =>
    peaks.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES),
  );
  return { size: Number(size), peaks: roots, publicKey: public_key };
}

/** The log of the fleet; undefined before its first line. */
export async function readLog(transaction: Transaction, fleet: string): Promise<KeptLog | undefined> {
  const { rows } = await sql<Row>`
    select size, peaks, public_key from receipt_logs where fleet_id = ${fleet}`.execute(transaction);
  return rows[0] && logOf(rows[0]);
}

/** Takes the log for this transaction alone; begins it when there is none. */
export async function holdLog(
  transaction: Transaction,
  fleet: string,
  { publicKey, at }: { publicKey: Buffer; at: string },
): Promise<KeptLog> {
  const hold = sql<Row>`
    select size, peaks, public_key from receipt_logs where fleet_id = ${fleet} for no key update`;
  const { rows } = await hold.execute(transaction);
  if (rows[0]) return logOf(rows[0]);
  await sql`insert into receipt_logs (fleet_id, size, peaks, public_key, grown_at)
    values (${fleet}, 0, '', ${publicKey}, ${at}::timestamptz) on conflict do nothing`.execute(transaction);
  const begun = await hold.execute(transaction);
  return logOf(begun.rows[0] ?? { size: 0, peaks: Buffer.alloc(0), public_key: publicKey });
}

/** Lines that have a leaf, by their number. */
export async function findLeaves(
  transaction: Transaction,
  fleet: string,
  lines: readonly string[],
): Promise<Map<string, KeptLeaf>> {
  const { rows } = await sql<{ line: string; leaf: number; received_at: number }>`
    select line, leaf, received_at from receipt_leaves
    where fleet_id = ${fleet} and line = any(${lines}::uuid[])`.execute(transaction);
  return new Map(
    rows.map(({ line, leaf, received_at }) => [line, { leaf: Number(leaf), received: received_at }]),
  );
}

/** What a log grew by. */
export interface LogStep {
  tree: Growth;
  levels: readonly NewHashes[];
  /** Numbers of the lines of the new leaves, in order. */
  lines: readonly string[];
  /** RFC 3339. */
  at: string;
}

/** Writes what a log grew by, in one statement. The transaction holds the log. */
export async function growLog(transaction: Transaction, fleet: string, step: LogStep): Promise<void> {
  const { tree, levels, lines, at } = step;
  const tiles = levels.flatMap(({ level, from, hashes }) =>
    cutIntoTiles(from, hashes).map((one) => ({
      level,
      tile: one.tile,
      hashes: `\\x${one.hashes.toString("hex")}`,
    })),
  );
  await sql`
    with grown as (
      update receipt_logs set size = ${tree.size}, peaks = ${Buffer.concat([...tree.peaks])},
        grown_at = ${at}::timestamptz where fleet_id = ${fleet}
    ), told as (
      insert into receipt_leaves (fleet_id, line, leaf, received_at)
      select ${fleet}::uuid, line, ${tree.size - lines.length}::bigint + place - 1, ${at}::timestamptz
      from unnest(${lines}::uuid[]) with ordinality as given(line, place)
    )
    insert into receipt_tiles as old (fleet_id, level, tile, hashes)
    select ${fleet}::uuid, level, tile, hashes
    from json_to_recordset(${JSON.stringify(tiles)}::json) as row(level smallint, tile bigint, hashes bytea)
    on conflict (fleet_id, level, tile) do update set hashes = old.hashes || excluded.hashes`.execute(
    transaction,
  );
}

/** Reads tiles. */
export async function readTiles(
  transaction: Transaction,
  fleet: string,
  names: readonly TileName[],
): Promise<ReadTile> {
  const { rows } = await sql<{ level: number; tile: number; hashes: Buffer }>`
    select level, tile, hashes from receipt_tiles
    where fleet_id = ${fleet} and (level, tile) in (
      select level, tile from json_to_recordset(${JSON.stringify(names)}::json) as row(level smallint, tile bigint))`.execute(
    transaction,
  );
  const tiles = new Map(rows.map(({ level, tile, hashes }) => [`${level} ${tile}`, hashes]));
  return ({ level, tile }) => tiles.get(`${level} ${tile}`);
}

/** How many logs are signed by another key. */
export async function countForeignLogs(transaction: Transaction, publicKey: Buffer): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from receipt_logs where public_key <> ${publicKey}`.execute(
    transaction,
  );
  return rows[0]?.count ?? 0;
}

/** Has all logs signed by another key from now on. */
export async function giveKey(transaction: Transaction, publicKey: Buffer): Promise<void> {
  await sql`update receipt_logs set public_key = ${publicKey} where public_key <> ${publicKey}`.execute(
    transaction,
  );
}
