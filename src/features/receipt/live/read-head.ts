import type { Transaction } from "../../../platform/database/index.ts";
import { Refusal } from "../../../platform/errors/index.ts";
import { rootOfPeaks } from "../grow-tree.ts";
import type { TreeHead } from "../prove-consistency.ts";
import { EMPTY_ROOT } from "../tree-hash.ts";
import type { Checkpoint } from "./contract.ts";
import { readHashes } from "./issue-receipts.ts";
import { readLog } from "./log-store.ts";
import { originOf, type ReceiptLog } from "./open-log.ts";

/**
 * The fleet's log as it is, or as it was at a size.
 * @throws Refusal RECEIPT_UNKNOWN for a size that it has not reached; RECEIPT_KEY
 */
export async function readHead(
  transaction: Transaction,
  log: ReceiptLog,
  fleet: string,
  size: number | undefined,
): Promise<TreeHead> {
  const kept = await readLog(transaction, fleet);
  if (kept) log.checkKey(kept);
  const now = kept?.size ?? 0;
  const asked = size ?? now;
  if (asked > now)
    throw new Refusal("RECEIPT_UNKNOWN", `the log has ${now} leaves, and not ${asked} yet`, {
      hint: "growth-engine receipt checkpoint",
    });
  if (asked === 0) return { size: 0, root: EMPTY_ROOT };
  if (kept && asked === now) return { size: now, root: rootOfPeaks(kept.peaks) };
  const [root = EMPTY_ROOT] = await readHashes(transaction, fleet, [[0, asked]]);
  return { size: asked, root };
}

/** A checkpoint as it is answered. */
export function viewCheckpoint(log: ReceiptLog, fleet: string, head: TreeHead): Checkpoint {
  return {
    origin: originOf(fleet),
    size: head.size,
    root: head.root.toString("base64"),
    checkpoint: log.signHead(fleet, head),
  };
}
