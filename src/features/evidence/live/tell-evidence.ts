import { utcTimestamp } from "../../../platform/clock/index.ts";
import { Refusal } from "../../../platform/errors/index.ts";
import type { Call } from "../../../platform/server/index.ts";
import { EXIT } from "../../../vocabulary/exit-code.ts";
import { KEEP_RECORDS_DAYS } from "../../../vocabulary/keep-records-days.ts";
import type { KeptLines } from "../../../vocabulary/kept-line.ts";
import { parseTimestamp } from "../../../vocabulary/timestamp.ts";
import { listRepositories } from "../../fleet/index.ts";
import { fileReceipt, issueReceipts, type NamedLine, type ReceiptLog } from "../../receipt/live/index.ts";
import { parseRecordPath } from "../../record/index.ts";
import { evidenceFile } from "../append-evidence.ts";
import { cleanEntries } from "../clean-entries.ts";
import { type Entry, entriesOf } from "../read-entries.ts";
import type { tellEvidence as Endpoint } from "./contract.ts";
import { keepTold, toldLine } from "./keep-told.ts";
import type { KeptEvidence } from "./line-store.ts";

type Told = Call<typeof Endpoint>;

const DATE = "2026-01-31".length;
const DAY_MS = 86_400_000;

/** An agent's token tells of its own work. */
function refuseOthers({ actor, body }: Told): void {
  const other = body.lines.find(({ agent }) => agent !== undefined && agent !== actor.agent);
  if (actor.agent === null || other === undefined) return;
  throw new Refusal("TOKEN_ROLE", `this token is of ${actor.agent} and does not speak for ${other.agent}`, {
    exit: EXIT.no,
    hint: "leave agent out, or tell it with the token of that agent",
  });
}

async function refuseUnknown({ transaction, body: { repository } }: Told): Promise<void> {
  const known = await listRepositories(transaction);
  if (known.some(({ name }) => name === repository)) return;
  throw new Refusal("REPOSITORY_UNKNOWN", `the fleet has no repository ${repository}`, {
    hint: `a manager adds it: growth-engine fleet repository ${repository}`,
  });
}

/** What is older than lines are kept would be gone at once; what lies ahead has not been consulted yet. */
function refuseFarOff({ body, now }: Told): void {
  const earliest = now - KEEP_RECORDS_DAYS * DAY_MS;
  const isFarOff = (timestamp: string | undefined): boolean => {
    const instant = parseTimestamp(timestamp ?? "") ?? now;
    return instant < earliest || instant > now + DAY_MS;
  };
  const line = body.lines.findIndex(({ timestamp }) => isFarOff(timestamp));
  if (line === -1) return;
  const message = `lines.${line}.timestamp lies over ${KEEP_RECORDS_DAYS} days back or over a day ahead`;
  throw new Refusal("INPUT_INVALID", message, {
    hint: "leave timestamp out for what was consulted just now",
  });
}

/** The folder's day is that of UTC: a server does not know the wall of the one who writes. */
function dayOf(entry: Entry, now: number): string {
  return utcTimestamp(parseTimestamp(String(entry.timestamp)) ?? now).slice(0, DATE);
}

function nameLine({ file, lines }: KeptLines<KeptEvidence>): NamedLine[] {
  const [line] = lines;
  const path = parseRecordPath(file.file);
  if (line === undefined || path === null) return [];
  return [{ repository: file.repository, agent: path.agent, day: path.date, sum: line.sum }];
}

/** Receives the lines and answers their receipts, all within the call's transaction: they become durable together. */
async function receipt(
  { transaction, actor, now }: Told,
  receipts: ReceiptLog | null,
  kept: readonly KeptLines<KeptEvidence>[],
) {
  if (receipts === null) return [];
  const lines = kept.flatMap(nameLine);
  await receipts.receiveWithin(transaction, actor.fleet.id, lines, now);
  const issued = await issueReceipts(transaction, actor.fleet.id, receipts, lines);
  return issued.map((one) => fileReceipt(one, "told"));
}

/**
 * Keeps evidence that an agent tells directly. What is answered is what belongs into the checkout's files: a line is
 * known by its file and its bytes, so it is the same one when it is synced from there.
 * @throws Refusal TOKEN_ROLE, REPOSITORY_UNKNOWN, INPUT_INVALID
 */
export async function tellEvidence(call: Told, receipts: ReceiptLog | null) {
  const { transaction, actor, body, now } = call;
  refuseOthers(call);
  refuseFarOff(call);
  await refuseUnknown(call);
  const agent = actor.agent ?? undefined;
  const whole = entriesOf(body.lines, { options: {}, agent, now });
  const { entries, topic, taken } = await cleanEntries(whole, body.topic);
  const kept = entries.map((entry) => {
    const day = dayOf(entry, now);
    return toldLine({ repository: body.repository, day, file: evidenceFile(entry, day, topic), entry });
  });
  const received = await keepTold(transaction, actor, kept, now);
  const written = kept.map(({ file, lines }, index) => ({
    file: file.file,
    line: lines[0]?.line ?? "",
    entry: entries[index] ?? {},
  }));
  return { written, redacted: taken, received, receipts: await receipt(call, receipts, kept) };
}
