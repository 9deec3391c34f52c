import type { Range, Repository } from "../../../platform/git/index.ts";
import type { Finding } from "../../../vocabulary/finding.ts";
import type { Config } from "../../config/index.ts";
import { CheckedNotes, keysOfConfig } from "../../receipt/index.ts";
import { type RecordPath, readAdded } from "../../record/index.ts";
import { eachBlobLine, evidenceAmong, listRecords } from "../each-blob-line.ts";
import type { NewLine } from "../read-new-lines.ts";
import { sumOf } from "../search-history.ts";
import { dayOf, judgeMissingLines, judgeReceivedTime, ReceivedLines } from "./received-lines.ts";

/** What receipts say of a range. */
export interface GatheredReceipts {
  findings: Finding[];
  /** Did the control plane receive the line, as a receipt of the range proves? */
  isReceived(line: NewLine): boolean;
}

const NOTHING: GatheredReceipts = { findings: [], isReceived: () => false };

/** The sums of all evidence lines of days at a commit. */
async function linesAt(
  repository: Repository,
  commit: string,
  days: ReadonlySet<string>,
): Promise<Map<string, Set<string>>> {
  const blobs = evidenceAmong(await listRecords(repository, commit)).filter(({ file }) =>
    days.has(dayOf(file)),
  );
  const there = new Map<string, Set<string>>([...days].map((day) => [day, new Set()]));
  await eachBlobLine(repository, blobs, (line, { file }) => there.get(dayOf(file))?.add(sumOf(line)));
  return there;
}

function judgeTimes(lines: readonly NewLine[], received: ReceivedLines): Finding[] {
  return lines.flatMap(({ file, line, text, instant }) => {
    const at = received.of(file)?.get(sumOf(text));
    const found = at === undefined ? null : judgeReceivedTime(instant, at, { file: file.path, line });
    return found === null ? [] : [found];
  });
}

/** Reads the receipts files that the range changed: of a file all lines count, and what the range brought is judged. */
async function readReceipts(repository: Repository, range: Range, received: ReceivedLines): Promise<void> {
  const judge = (file: RecordPath) => ({
    object: (value: unknown, line: number) => received.add(file, line, value),
    problem: ({ line, message }: { line: number; message: string }) =>
      received.findings.add({ rule: "evidence/bad-receipt", message, file: file.path, line }),
  });
  await readAdded(repository, range, "receipt", judge);
}

/**
 * Reads and checks the receipts of a range against the keys of the rules commit. Without keys nothing is known of them.
 * Without the repository's name a receipt of any other would do, so none does.
 * @throws Refusal CONFIG_INVALID for a key that is none
 */
export async function gatherReceipts(
  repository: Repository,
  range: Range,
  { receipts }: Config,
  { lines, redacted }: { lines: readonly NewLine[]; redacted: ReadonlySet<string> },
): Promise<GatheredReceipts> {
  const keys = keysOfConfig(receipts.keys);
  if (keys.length === 0 || receipts.repositories.length === 0) return NOTHING;
  const received = new ReceivedLines(new CheckedNotes(keys), receipts.repositories);
  await readReceipts(repository, range, received);
  for (const { file, line, text } of lines) received.addWithin(file, line, text);
  const days = new Set([...received.days()].map(([day]) => day));
  const there = days.size === 0 ? new Map() : await linesAt(repository, range.head.id, days);
  return {
    findings: [
      ...received.findings.all(),
      ...judgeMissingLines(received, there, redacted),
      ...judgeTimes(lines, received),
    ],
    isReceived: ({ file, text }) => received.of(file)?.has(sumOf(text)) === true,
  };
}
