import { formatDuration } from "../../../vocabulary/duration.ts";
import type { Finding } from "../../../vocabulary/finding.ts";
import { parseTimestamp } from "../../../vocabulary/timestamp.ts";
import {
  type CheckedNotes,
  type CheckedReceipt,
  checkReceipt,
  type ReceiptPlace,
  type ReceiptRecord,
  readReceipt,
} from "../../receipt/index.ts";
import type { RecordPath } from "../../record/index.ts";
import { CappedFindings } from "../capped-findings.ts";
import { sumOf } from "../search-history.ts";

/** Clocks differ by so much. */
const AHEAD_MS = 5 * 60_000;
/** What arrives later was not seen when it happened. */
const LATE_MS = 24 * 3_600_000;

/** The day of an agent, as receipts and lines name it. */
export function dayOf({ agent, date }: RecordPath): string {
  return `${agent}/${date}`;
}

/** Whether a line's own time (NaN when it cannot be read) goes together with the time at which the control plane had it. */
export function judgeReceivedTime(
  instant: number,
  received: string,
  place: { file: string; line: number },
): Finding | null {
  const at = parseTimestamp(received);
  if (Number.isNaN(instant) || at === null) return null;
  const rule = "evidence/receipt-time";
  if (instant - at > AHEAD_MS) {
    const message = `the line is dated ${formatDuration(instant - at)} after the control plane received it (${received})`;
    return { rule, message, ...place };
  }
  if (at - instant <= LATE_MS) return null;
  const message = `the control plane received the line ${formatDuration(at - instant)} after its own time (${received})`;
  return { rule, message, ...place };
}

const WITHIN = '"receipt":{';

function receiptWithin(text: string): { record: ReceiptRecord; sum: string } | null {
  try {
    const { receipt, ...line } = JSON.parse(text) as Record<string, unknown>;
    const record = readReceipt(receipt);
    return record && { record, sum: sumOf(JSON.stringify(line)) };
  } catch {
    // A broken line is named by who reads the lines.
    return null;
  }
}

/** Reads receipts and keeps, of those that hold, which lines were received when. */
export class ReceivedLines {
  readonly findings = new CappedFindings();
  /** Records that none of the keys signed. */
  unknown = 0;
  /** Names of the repository that receipts speak of. */
  readonly repositories = new Set<string>();
  readonly #notes: CheckedNotes;
  readonly #names: readonly string[] | null;
  readonly #days = new Map<string, Map<string, string>>();

  /** @param repositories names of the repository; null where nobody said */
  constructor(notes: CheckedNotes, repositories: readonly string[] | null) {
    this.#notes = notes;
    this.#names = repositories;
  }

  #keep(file: RecordPath, line: number, checked: CheckedReceipt): void {
    if (checked.state === "good") {
      this.repositories.add(checked.repository);
      const lines = this.#days.get(dayOf(file)) ?? new Map<string, string>();
      for (const [sum, received] of checked.lines) lines.set(sum, received);
      this.#days.set(dayOf(file), lines);
      return;
    }
    const isUnknown = checked.state === "unknown";
    if (isUnknown) this.unknown += 1;
    const message = `the receipt proves nothing: ${checked.why}`;
    const place = { file: file.path, line };
    this.findings.add({
      rule: "evidence/bad-receipt",
      message,
      ...place,
      ...(isUnknown ? { ceiling: "warn" } : {}),
    });
  }

  /** Takes a line of a receipts file. */
  add(file: RecordPath, line: number, value: unknown): void {
    const record = readReceipt(value);
    const place: ReceiptPlace = { agent: file.agent, day: file.date, repositories: this.#names };
    if (record !== null) this.#keep(file, line, checkReceipt(record, place, this.#notes));
    else {
      const message = "the line is no receipt";
      this.findings.add({ rule: "evidence/bad-receipt", message, file: file.path, line });
    }
  }

  /** Takes the receipt that stands in an evidence line itself: it is of the line without it, as JSON.stringify writes it. */
  addWithin(file: RecordPath, line: number, text: string): void {
    const found = text.includes(WITHIN) ? receiptWithin(text) : null;
    if (found === null) return;
    const place: ReceiptPlace = { agent: file.agent, day: file.date, repositories: this.#names };
    const checked = checkReceipt(found.record, place, this.#notes);
    const at = checked.state === "good" ? checked.lines.get(found.sum) : undefined;
    if (checked.state !== "good") this.#keep(file, line, checked);
    else if (at === undefined) this.#keep(file, line, { state: "bad", why: "it speaks of another line" });
    else this.#keep(file, line, { ...checked, lines: new Map([[sumOf(text), at]]) });
  }

  /** Sum → when it was received, of an agent's day. */
  of(file: RecordPath): ReadonlyMap<string, string> | undefined {
    return this.#days.get(dayOf(file));
  }

  /** Of each day, its lines. */
  days(): IterableIterator<[day: string, lines: ReadonlyMap<string, string>]> {
    return this.#days.entries();
  }
}

/** Lines that the control plane received and that stand nowhere in their agent's day. */
export function judgeMissingLines(
  received: ReceivedLines,
  there: ReadonlyMap<string, ReadonlySet<string>>,
  redacted: ReadonlySet<string>,
): Finding[] {
  return [...received.days()].flatMap(([day, lines]): Finding[] => {
    const found = there.get(day);
    const gone = [...lines].filter(([sum]) => !found?.has(sum) && !redacted.has(sum));
    const [first] = gone;
    if (first === undefined) return [];
    const [sum, at] = first;
    const more = gone.length > 1 ? `, and ${gone.length - 1} more` : "";
    const message = `the control plane received a line of artifacts/${day} (SHA-256 ${sum.slice(0, 12)}…, ${at}) that is not there any more, or not as it was${more}`;
    return [{ rule: "evidence/receipt-without-line", message, file: `artifacts/${day}` }];
  });
}
