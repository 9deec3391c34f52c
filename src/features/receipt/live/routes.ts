import type { Database, Transaction } from "../../../platform/database/index.ts";
import { Refusal } from "../../../platform/errors/index.ts";
import {
  type Call,
  type DirectCall,
  directRoute,
  type Route,
  route,
} from "../../../platform/server/index.ts";
import { EXIT } from "../../../vocabulary/exit-code.ts";
import { isPathPart, parseRecordPath } from "../../record/index.ts";
import { planConsistency } from "../prove-consistency.ts";
import { planInclusion } from "../prove-leaves.ts";
import { leafData } from "../receipt-record.ts";
import { writeVerifierKey } from "../verifier-key.ts";
import * as contract from "./contract.ts";
import { findReceived, issueReceipts, readHashes } from "./issue-receipts.ts";
import type { NamedLine } from "./name-line.ts";
import type { ReceiptLog } from "./open-log.ts";
import { readHead, viewCheckpoint } from "./read-head.ts";
import { fileReceipt } from "./receipts-file.ts";

/** Which of these sums stand in kept lines of a file. */
export type FindKept = (
  transaction: Transaction,
  fleet: string,
  file: { repository: string; path: string },
  sums: readonly string[],
) => Promise<ReadonlySet<string>>;

/** What receipts need of the process around them. */
export interface ReceiptWiring {
  database: Database;
  /** Null where the server has no key. */
  log: ReceiptLog | null;
  findKept: FindKept;
}

/** @throws Refusal RECEIPT_OFF */
function needLog(log: ReceiptLog | null): ReceiptLog {
  if (log !== null) return log;
  throw new Refusal("RECEIPT_OFF", "this server signs no receipts: it was given no file for a key", {
    hint: "growth-engine serve --receipt-key-file <file>",
    exit: EXIT.no,
  });
}

const base64 = (hashes: readonly Buffer[]) => hashes.map((hash) => hash.toString("base64"));

async function consistency(
  log: ReceiptLog,
  { transaction, actor, query }: Call<typeof contract.proveConsistency>,
) {
  const fleet = actor.fleet.id;
  const head = await readHead(transaction, log, fleet, query.to);
  if (query.from > head.size)
    throw new Refusal("INPUT_INVALID", `from is ${query.from}, and the later size is ${head.size}`);
  const spans = query.from === 0 ? [] : planConsistency(query.from, head.size);
  const proof = base64(await readHashes(transaction, fleet, spans));
  return { ...viewCheckpoint(log, fleet, head), from: query.from, proof };
}

async function prove(log: ReceiptLog, { transaction, actor, query }: Call<typeof contract.proveLine>) {
  const fleet = actor.fleet.id;
  const [found] = await findReceived(transaction, fleet, [query]);
  if (!found)
    throw new Refusal(
      "RECEIPT_UNKNOWN",
      `the log holds no line ${query.sum.slice(0, 12)}… of ${query.agent}`,
      {
        hint: "growth-engine sync brings the lines of a checkout",
      },
    );
  const { leaf: index, ...line } = found;
  const head = await readHead(transaction, log, fleet, undefined);
  const path = base64(await readHashes(transaction, fleet, planInclusion([index], head.size)));
  const { checkpoint } = viewCheckpoint(log, fleet, head);
  const proof = `${["c2sp.org/tlog-proof@v1", `index ${index}`, ...path].join("\n")}\n\n${checkpoint}`;
  return { index, received: line.received, leaf: leafData(line), proof };
}

type Issue = DirectCall<typeof contract.issueReceipts>;

interface AskedLine extends NamedLine {
  path: string;
}

/** @throws Refusal INPUT_INVALID */
function askedLines({ body: { repository, files } }: Issue): AskedLine[] {
  return files.flatMap(({ file: path, sums }) => {
    const file = parseRecordPath(path);
    if (file?.kind === "evidence")
      return sums.map((sum) => ({ repository, agent: file.agent, day: file.date, sum, path }));
    throw new Refusal("INPUT_INVALID", `${path} is no evidence file`, {
      hint: "artifacts/<agent>/<YYYY-MM-DD>/mcp/<topic>.jsonl",
    });
  });
}

/** Those of the lines that are kept. */
async function keptAmong(
  { findKept, database }: ReceiptWiring,
  fleet: string,
  lines: readonly AskedLine[],
): Promise<NamedLine[]> {
  return database.inFleet(fleet, async (transaction) => {
    const kept: NamedLine[] = [];
    for (const path of new Set(lines.map((line) => line.path))) {
      const own = lines.filter((line) => line.path === path);
      const file = { repository: own[0]?.repository ?? "", path };
      const sums = await findKept(
        transaction,
        fleet,
        file,
        own.map(({ sum }) => sum),
      );
      kept.push(...own.filter(({ sum }) => sums.has(sum)));
    }
    return kept;
  });
}

/** What was brought and got no leaf, since a process ended in between, gets one now. */
async function issue(wiring: ReceiptWiring, call: Issue) {
  const { actor, body, now } = call;
  const fleet = actor.fleet.id;
  const log = needLog(wiring.log);
  if (!isPathPart(body.into))
    throw new Refusal("INPUT_INVALID", `${body.into} cannot be part of a file's name`);
  const asked = askedLines(call);
  const look = () =>
    wiring.database.inFleet(fleet, (transaction) => issueReceipts(transaction, fleet, log, asked));
  let receipts = await look();
  const proven = new Set(receipts.flatMap(({ leaves }) => leaves.flatMap(([, , sums]) => sums)));
  const missing = asked.filter(({ sum }) => !proven.has(sum));
  const kept = missing.length === 0 ? [] : await keptAmong(wiring, fleet, missing);
  await log.receive(fleet, kept, now);
  if (kept.length > 0) receipts = await look();
  const counts = receipts.flatMap(({ leaves }) => leaves.map(([, , sums]) => sums.length));
  return {
    receipts: receipts.map((receipt) => fileReceipt(receipt, body.into)),
    lines: counts.reduce((sum, count) => sum + count, 0),
  };
}

/** What can be asked about receipts. */
export function receiptRoutes(wiring: ReceiptWiring): readonly Route[] {
  const { log } = wiring;
  return [
    route(contract.showKey, async ({ actor }) => {
      const key = needLog(log).keyOf(actor.fleet.id);
      const public_key = String(key.publicKey.export({ format: "pem", type: "spki" }));
      return { origin: key.name, key: writeVerifierKey(key), public_key };
    }),
    route(contract.showCheckpoint, async ({ transaction, actor, query }) => {
      const own = needLog(log);
      return viewCheckpoint(
        own,
        actor.fleet.id,
        await readHead(transaction, own, actor.fleet.id, query.size),
      );
    }),
    route(contract.proveConsistency, async (call) => consistency(needLog(log), call)),
    route(contract.proveLine, async (call) => prove(needLog(log), call)),
    directRoute(contract.issueReceipts, (call) => issue(wiring, call)),
  ];
}
