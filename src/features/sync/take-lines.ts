import { utcTimestamp } from "../../platform/clock/index.ts";
import type { Database, Transaction } from "../../platform/database/index.ts";
import { Refusal } from "../../platform/errors/index.ts";
import type { DirectCall } from "../../platform/server/index.ts";
import { type Actor, actorName } from "../../vocabulary/actor.ts";
import { KEEP_RECORDS_DAYS } from "../../vocabulary/keep-records-days.ts";
import { RECEIPT_DAYS } from "../../vocabulary/receipt-days.ts";
import type { NamedLine, ReceiptLog } from "../receipt/live/index.ts";
import { parseRecordPath, type RecordPath } from "../record/index.ts";
import { addBroken } from "./broken-store.ts";
import { findCheckout } from "./checkout-store.ts";
import type { takeLines as Endpoint, Taken } from "./contract.ts";
import {
  type CleanSegment,
  type CountedSegment,
  cleanSegments,
  findKept,
  keepSegments,
} from "./keep-lines.ts";
import { readSegment } from "./read-segment.ts";
import { addSpans, readSums } from "./span-store.ts";
import { type GivenSegment, splitSegments } from "./split-segments.ts";
import { type CheckoutName, holdRepository, takeSteps } from "./state-store.ts";
import { countSums, NO_SUM } from "./sums.ts";

/** Years that PostgreSQL's calendar and everybody's have in common. */
const YEARS = { first: "1970-01-01", last: "2199-12-31" };
const DAY_MS = 86_400_000;
const DATE = "2026-01-31".length;

/** The record file that a path names, if this caller may bring it. @throws Refusal INPUT_INVALID, TOKEN_ROLE */
export function recordFileFor(actor: Actor, path: string): RecordPath {
  const file = parseRecordPath(path);
  if (file === null || file.kind === "receipt" || file.date < YEARS.first || file.date > YEARS.last)
    throw new Refusal("INPUT_INVALID", `${path} is no record file`, {
      hint: "artifacts/<agent>/<YYYY-MM-DD>/mcp/<topic>.jsonl, or heartbeat.ndjson beside mcp/",
    });
  if (actor.agent === null || actor.agent === file.agent) return file;
  throw new Refusal(
    "TOKEN_ROLE",
    `this token is of ${actor.agent} and does not bring records of ${file.agent}`,
    {
      exit: 1,
      hint: `bring them with a token of ${file.agent}, or with a manager's`,
    },
  );
}

/** @throws Refusal SYNC_CHECKOUT_UNKNOWN */
export async function refuseUnopened(transaction: Transaction, name: CheckoutName) {
  const row = await findCheckout(transaction, name);
  if (row) return row;
  throw new Refusal("SYNC_CHECKOUT_UNKNOWN", `nobody opened ${name.checkout} of ${name.repository}`, {
    hint: "growth-engine sync opens it",
  });
}

function stepOf({ segment, place }: CleanSegment) {
  const { file, after, lines, to } = segment;
  return { place, file, after, to: { ...to, lines: after.lines + lines } };
}

/** Evidence lines of segments that are young enough for a receipt. */
function linesToReceive(repository: string, segments: readonly CleanSegment[], now: number): NamedLine[] {
  const first = utcTimestamp(now - RECEIPT_DAYS * DAY_MS).slice(0, DATE);
  return segments
    .filter(({ file }) => file.kind === "evidence" && file.date >= first)
    .flatMap(({ file, segment, sums, good }) =>
      good.flatMap(({ number }) => {
        const sum = sums[number - segment.after.lines - 1];
        return sum === undefined ? [] : [{ repository, agent: file.agent, day: file.date, sum }];
      }),
    );
}

/** How often the lines of a segment stand in the file before it; looked up only for lines that are here already. */
async function countBefore(
  transaction: Transaction,
  { fleet, checkout }: CheckoutName,
  { segment, place, file, sums }: CleanSegment,
): Promise<ReadonlyMap<string, number>> {
  if (segment.after.lines === 0 || sums.length === 0) return new Map();
  const kept = await findKept(transaction, fleet, file, place, sums);
  if (kept.size === 0) return new Map();
  const before = (await readSums(transaction, fleet, place, checkout)).get(checkout) ?? [];
  return countSums(before.slice(0, segment.after.lines).filter((sum) => kept.has(sum)));
}

const linesOf = (segments: readonly CleanSegment[]): number =>
  segments.reduce((sum, { good }) => sum + good.length, 0);

interface Bringer extends CheckoutName {
  by: string;
  at: string;
}

async function write(
  transaction: Transaction,
  bringer: Bringer,
  segments: readonly CleanSegment[],
  firstDay: string,
): Promise<Taken> {
  await refuseUnopened(transaction, bringer);
  await holdRepository(transaction, bringer, "bring");
  const places = await takeSteps(transaction, bringer, segments.map(stepOf), bringer.at);
  const taken = segments.filter(({ place }) => places.has(place));
  const wanted = taken.filter(({ file }) => file.date >= firstDay);
  const counted: CountedSegment[] = [];
  for (const segment of wanted)
    counted.push({ segment, before: await countBefore(transaction, bringer, segment) });
  const kept = await keepSegments(transaction, bringer, counted, bringer);
  const spans = taken.map(({ place, segment, sums }) => ({
    place,
    from_line: segment.after.lines + 1,
    sums,
  }));
  await addSpans(transaction, bringer.fleet, bringer.checkout, spans);
  for (const { place, broken } of taken) await addBroken(transaction, bringer, place, broken);
  return {
    received: kept.received,
    returned: kept.returned,
    known: linesOf(wanted) - kept.received - kept.returned,
    redacted: wanted.reduce((sum, { good }) => sum + good.filter((line) => line.redacted).length, 0),
    old: linesOf(taken) - linesOf(wanted),
    stale: segments.filter(({ place }) => !places.has(place)).map(({ file }) => file.path),
    broken: taken.flatMap(({ broken }) => broken),
  };
}

function readAll(actor: Actor, segments: readonly GivenSegment[]) {
  return segments.map((segment) => {
    if (segment.after.lines === 0 && segment.after.sum !== NO_SUM)
      throw new Refusal("INPUT_INVALID", `${segment.file}: after no line stands the sum of nothing`);
    return readSegment(segment, recordFileFor(actor, segment.file));
  });
}

/**
 * Takes lines of record files: all files whose step stands on what is here, each whole, in one transaction. Then they
 * go into the log of received lines; what is kept and did not get there is found when its receipt is asked for.
 * @throws Refusal INPUT_INVALID, TOKEN_ROLE, SYNC_CHECKOUT_UNKNOWN
 */
export async function takeLines(
  database: Database,
  receipts: ReceiptLog | null,
  { actor, query, body, now }: DirectCall<typeof Endpoint>,
): Promise<Taken> {
  const read = readAll(actor, splitSegments(body));
  const segments = await cleanSegments(query.repository, read);
  const at = utcTimestamp(now);
  const bringer = { ...query, fleet: actor.fleet.id, by: actorName(actor), at };
  const firstDay = utcTimestamp(now - KEEP_RECORDS_DAYS * DAY_MS).slice(0, DATE);
  const taken = await database.inFleet(actor.fleet.id, (transaction) =>
    write(transaction, bringer, segments, firstDay),
  );
  const late = new Set(taken.stale);
  const written = segments.filter(({ file }) => !late.has(file.path));
  await receipts?.receive(actor.fleet.id, linesToReceive(query.repository, written, now), now);
  return taken;
}
