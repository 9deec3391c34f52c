import { utcTimestamp } from "../../../platform/clock/index.ts";
import type { Transaction } from "../../../platform/database/index.ts";
import { rootOfPeaks } from "../grow-tree.ts";
import { planInclusion, type Span } from "../prove-leaves.ts";
import { RECEIPT_SCHEMA, type ReceiptRecord, type ReceiptRun } from "../receipt-record.ts";
import { findLeaves, readLog, readTiles } from "./log-store.ts";
import { lineId, type NamedLine } from "./name-line.ts";
import type { ReceiptLog } from "./open-log.ts";
import { hashOfSpan, tilesFor } from "./tile-hashes.ts";

/** Lines of one record: one of a record file is at most 1 MiB. */
const MAX_LINES = 1_000;

/** A line and the leaf that says that it was here. */
interface Received extends NamedLine {
  leaf: number;
  received: string;
}

/** Hashes of subtrees of a fleet's log. */
export async function readHashes(
  transaction: Transaction,
  fleet: string,
  spans: readonly Span[],
): Promise<Buffer[]> {
  const read = await readTiles(transaction, fleet, tilesFor(spans));
  return spans.map((span) => hashOfSpan(span, read));
}

/** Of each line that has a leaf, which. */
export async function findReceived(
  transaction: Transaction,
  fleet: string,
  lines: readonly NamedLine[],
): Promise<Received[]> {
  const named = new Map(lines.map((line) => [lineId(line), line]));
  const leaves = await findLeaves(transaction, fleet, [...named.keys()]);
  return [...leaves].flatMap(([id, { leaf, received }]) => {
    const line = named.get(id);
    return line ? [{ ...line, leaf, received: utcTimestamp(received) }] : [];
  });
}

function runsOf(lines: readonly Received[]): ReceiptRun[] {
  const runs: ReceiptRun[] = [];
  for (const { leaf, received, sum } of lines) {
    const last = runs.at(-1);
    if (last && last[0] + last[2].length === leaf && last[1] === received) last[2].push(sum);
    else runs.push([leaf, received, [sum]]);
  }
  return runs;
}

/** Lines of one agent's day of one repository, in the order of the log, at most as many as a record holds. */
function portionsOf(lines: readonly Received[]): Received[][] {
  const groups = new Map<string, Received[]>();
  for (const line of [...lines].sort((a, b) => a.leaf - b.leaf)) {
    const key = JSON.stringify([line.repository, line.agent, line.day]);
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return [...groups.values()].flatMap((group) => {
    const count = Math.ceil(group.length / MAX_LINES);
    return Array.from({ length: count }, (_, at) => group.slice(at * MAX_LINES, (at + 1) * MAX_LINES));
  });
}

/** Receipts for those of these lines that were received, all against one checkpoint of the log as it is now. */
export async function issueReceipts(
  transaction: Transaction,
  fleet: string,
  log: ReceiptLog,
  lines: readonly NamedLine[],
): Promise<ReceiptRecord[]> {
  const received = await findReceived(transaction, fleet, lines);
  const kept = await readLog(transaction, fleet);
  if (kept === undefined || received.length === 0) return [];
  log.checkKey(kept);
  const checkpoint = log.signHead(fleet, { size: kept.size, root: rootOfPeaks(kept.peaks) });
  const receipts: ReceiptRecord[] = [];
  for (const portion of portionsOf(received)) {
    const [{ repository, agent, day } = { repository: "", agent: "", day: "" }] = portion;
    const spans = planInclusion(
      portion.map(({ leaf }) => leaf),
      kept.size,
    );
    const proof = await readHashes(transaction, fleet, spans);
    receipts.push({
      schema: RECEIPT_SCHEMA,
      repository,
      agent,
      day,
      leaves: runsOf(portion),
      proof: proof.map((hash) => hash.toString("base64")),
      checkpoint,
    });
  }
  return receipts;
}
