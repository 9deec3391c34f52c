import { createPublicKey, type KeyObject } from "node:crypto";
import { utcTimestamp } from "../../../platform/clock/index.ts";
import type { Database, Transaction } from "../../../platform/database/index.ts";
import { Refusal } from "../../../platform/errors/index.ts";
import { type GroupCommit, groupCommit } from "../../../platform/group-commit/index.ts";
import { writeCheckpoint } from "../checkpoint.ts";
import { growTree } from "../grow-tree.ts";
import type { TreeHead } from "../prove-consistency.ts";
import { leafData } from "../receipt-record.ts";
import { signNote } from "../signed-note.ts";
import { hashLeaf } from "../tree-hash.ts";
import { nameKey, rawKey, type VerifierKey } from "../verifier-key.ts";
import { findLeaves, growLog, holdLog, type KeptLog } from "./log-store.ts";
import { lineId, type NamedLine } from "./name-line.ts";

/** A line that came in, and when (milliseconds since 1970). */
interface Arrival {
  line: NamedLine;
  now: number;
}

/** The logs of all fleets, as one process adds to them and signs for them. */
export interface ReceiptLog {
  /** The public key, under the name of the fleet's log. */
  keyOf(fleet: string): VerifierKey;
  /** Refuses a log that is signed by another key. @throws Refusal RECEIPT_KEY */
  checkKey(kept: Pick<KeptLog, "publicKey">): void;
  /** A signed checkpoint. What it tells of must be durable, or be lost together with it. */
  signHead(fleet: string, head: TreeHead): string;
  /**
   * Receives lines, each once; what arrives meanwhile goes in with the next commit. Durable when it is answered.
   * @throws Refusal RECEIPT_KEY, SERVER_BUSY; what the database throws
   */
  receive(fleet: string, lines: readonly NamedLine[], now: number): Promise<void>;
  /** The same within a transaction of the fleet, which holds the log until it ends. @throws Refusal RECEIPT_KEY */
  receiveWithin(
    transaction: Transaction,
    fleet: string,
    lines: readonly NamedLine[],
    now: number,
  ): Promise<void>;
}

/** Hashing so many takes some tens of milliseconds. */
const AT_MOST = 5_000;
/** Some seconds of work; whoever comes later is told to come again. */
const WAIT_AT_MOST = 100_000;

/** The name of a fleet's log: its origin line, and the name of its key. */
export function originOf(fleet: string): string {
  return `growth-engine/${fleet}`;
}

function refuseOtherKey(kept: Pick<KeptLog, "publicKey">, own: Buffer): void {
  if (kept.publicKey.equals(own)) return;
  throw new Refusal("RECEIPT_KEY", "the log of this fleet is signed by another key than this server has", {
    hint: "growth-engine serve --receipt-key-file <the file that the other servers use>",
  });
}

async function append(
  transaction: Transaction,
  fleet: string,
  publicKey: Buffer,
  arrivals: readonly Arrival[],
): Promise<void> {
  const now = arrivals.at(-1)?.now ?? 0;
  const received = utcTimestamp(now);
  const named = new Map(arrivals.map(({ line }) => [lineId(line), line]));
  const log = await holdLog(transaction, fleet, { publicKey, at: received });
  refuseOtherKey(log, publicKey);
  const known = await findLeaves(transaction, fleet, [...named.keys()]);
  const fresh = [...named].filter(([id]) => !known.has(id));
  if (fresh.length === 0) return;
  const hashes = fresh.map(([, line]) => hashLeaf(leafData({ ...line, received })));
  const { tree, levels } = growTree(log, hashes);
  await growLog(transaction, fleet, { tree, levels, lines: fresh.map(([id]) => id), at: received });
}

/** Opens the logs with the key that signs them. */
export function openLog(database: Database, privateKey: KeyObject): ReceiptLog {
  const publicKey = createPublicKey(privateKey);
  const raw = rawKey(publicKey);
  const groups = new Map<string, GroupCommit<Arrival, true>>();
  const groupOf = (fleet: string): GroupCommit<Arrival, true> => {
    const write = async (arrivals: readonly Arrival[]) => {
      await database.inFleet(fleet, (transaction) => append(transaction, fleet, raw, arrivals));
      return arrivals.map(() => ({ done: true as const }));
    };
    const group = groups.get(fleet) ?? groupCommit({ write, atMost: AT_MOST, waitAtMost: WAIT_AT_MOST });
    groups.set(fleet, group);
    return group;
  };
  const keyOf = (fleet: string) => nameKey(originOf(fleet), "note", publicKey);
  return {
    keyOf,
    checkKey: (kept) => refuseOtherKey(kept, raw),
    signHead: (fleet, head) => signNote(writeCheckpoint(originOf(fleet), head), keyOf(fleet), privateKey),
    receive: async (fleet, lines, now) => {
      if (lines.length === 0) return;
      const outcomes = await groupOf(fleet).add(lines.map((line) => ({ line, now })));
      for (const outcome of outcomes) if ("error" in outcome) throw outcome.error;
    },
    receiveWithin: async (transaction, fleet, lines, now) => {
      if (lines.length > 0)
        await append(
          transaction,
          fleet,
          raw,
          lines.map((line) => ({ line, now })),
        );
    },
  };
}
