import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Client } from "../../../platform/client/index.ts";
import { utcTimestamp } from "../../../platform/clock/index.ts";
import { isRefusal } from "../../../platform/errors/index.ts";
import { RECEIPT_DAYS } from "../../../vocabulary/receipt-days.ts";
import { readReceipt } from "../../receipt/index.ts";
import type { issueReceiptsEndpoint } from "../../receipt/live/index.ts";
import { appendLine, parseRecordPath } from "../../record/index.ts";
import { bareLine, linesIn } from "./cut-lines.ts";
import { type DiskFile, listRecordFiles } from "./list-record-files.ts";
import type { Ground } from "./open-ground.ts";
import { dayFolder, markOf, readMarks, receiptsIn, writeMarks } from "./receipt-marks.ts";

const DAY_MS = 86_400_000;
const DATE = "2026-01-31".length;
/** Sums of one call. */
const AT_ONCE = 5_000;
const CHECKOUT_SUM = 12;
/** A server that signs none, or does not know of receipts. */
const NONE = new Set(["RECEIPT_OFF", "ROUTE_UNKNOWN"]);

type Asked = { file: string; sums: string[] };

export interface ReceiptWish {
  client: Client;
  ground: Ground;
  /** Whose records alone the token may bring; null for everybody's. */
  agent: string | null;
  now: number;
}

function parsed(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString());
  } catch {
    return null;
  }
}

/** Sums of lines of which a receipt lies in the folder. Whether it holds is for whoever has the key. */
function receiptedIn({ root, name }: Ground, folder: string): Set<string> {
  const sums = new Set<string>();
  for (const path of receiptsIn(root, folder)) {
    for (const line of linesIn(readFileSync(join(root, path)))) {
      const receipt = readReceipt(parsed(line));
      if (receipt?.repository !== name) continue;
      for (const [, , some] of receipt.leaves) for (const sum of some) sums.add(sum);
    }
  }
  return sums;
}

function sumsWithout(content: Buffer, receipted: ReadonlySet<string>): string[] {
  const sums = new Set<string>();
  for (const line of linesIn(content)) {
    const bare = bareLine(line);
    const sum = bare.length === 0 ? "" : hash("sha256", bare, "hex");
    if (sum !== "" && !receipted.has(sum)) sums.add(sum);
  }
  return [...sums];
}

/** Portions of what is to be asked for. */
function* portionsOf(asked: readonly Asked[]): Generator<Asked[]> {
  let portion: Asked[] = [];
  let size = 0;
  for (const { file, sums } of asked) {
    for (let at = 0; at < sums.length; ) {
      const some = sums.slice(at, at + AT_ONCE - size);
      portion.push({ file, sums: some });
      at += some.length;
      size += some.length;
      if (size < AT_ONCE && portion.length < AT_ONCE / 10) continue;
      yield portion;
      portion = [];
      size = 0;
    }
  }
  if (portion.length > 0) yield portion;
}

/** A server may write receipts of the agents that are brought, and nothing else. */
function writeReceipt({ root }: Ground, { file, line }: { file: string; line: string }, days: Set<string>) {
  const path = parseRecordPath(file);
  const receipt = readReceipt(parsed(Buffer.from(line)));
  if (path?.kind !== "receipt" || receipt === null || !days.has(`artifacts/${path.agent}/${path.date}`))
    return;
  appendLine(root, file, { ...receipt });
}

async function fetchReceipts({ client, ground }: ReceiptWish, asked: readonly Asked[]): Promise<number> {
  const days = new Set(asked.map(({ file }) => file.split("/").slice(0, 3).join("/")));
  const into = ground.checkout.slice(-CHECKOUT_SUM);
  let lines = 0;
  for (const files of portionsOf(asked)) {
    const body = { repository: ground.name, files, into };
    const issued = await client.ask<typeof issueReceiptsEndpoint>("POST /api/v1/receipt", { body });
    for (const receipt of issued.receipts) writeReceipt(ground, receipt, days);
    lines += issued.lines;
  }
  return lines;
}

function findAsked({ ground }: ReceiptWish, files: readonly DiskFile[]): Asked[] {
  const receipted = new Map<string, Set<string>>();
  return files.flatMap((file) => {
    const folder = dayFolder(file);
    const known = receipted.get(folder) ?? receiptedIn(ground, folder);
    receipted.set(folder, known);
    const sums = sumsWithout(readFileSync(join(ground.root, file.record.path)), known);
    return sums.length === 0 ? [] : [{ file: file.record.path, sums }];
  });
}

/**
 * Writes receipts beside the evidence of the last weeks, for every line that was brought and has none. May be ended at
 * any moment and run again. @returns for how many lines; none where the server signs none
 */
export async function writeReceipts(wish: ReceiptWish): Promise<number> {
  const { ground, agent, now } = wish;
  const first = utcTimestamp(now - RECEIPT_DAYS * DAY_MS).slice(0, DATE);
  const marks = readMarks(ground.root);
  const evidence = listRecordFiles(ground.root).files.filter(
    ({ record }) =>
      record.kind === "evidence" && record.date >= first && (agent === null || agent === record.agent),
  );
  const open = evidence.filter((file) => marks[file.record.path] !== markOf(ground.root, file));
  if (open.length === 0) return 0;
  try {
    const lines = await fetchReceipts(wish, findAsked(wish, open));
    const now = evidence.map((file) => [file.record.path, markOf(ground.root, file)] as const);
    writeMarks(ground.root, Object.fromEntries(now));
    return lines;
  } catch (error) {
    if (isRefusal(error) && NONE.has(error.code)) return 0;
    throw error;
  }
}
