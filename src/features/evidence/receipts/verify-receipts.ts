import type { Repository } from "../../../platform/git/index.ts";
import type { Finding } from "../../../vocabulary/finding.ts";
import { parseTimestamp } from "../../../vocabulary/timestamp.ts";
import { CheckedNotes, type VerifierKey } from "../../receipt/index.ts";
import { type ArchivedRecords, JsonLines, type RecordPath } from "../../record/index.ts";
import { CappedFindings } from "../capped-findings.ts";
import { type EvidenceSource, isAsked } from "../evidence-source.ts";
import { sumOf } from "../search-history.ts";
import { receiptFiles } from "./receipt-files.ts";
import { dayOf, judgeMissingLines, judgeReceivedTime, ReceivedLines } from "./received-lines.ts";

export interface ReceiptChecks {
  keys: readonly VerifierKey[];
  /** Names of the repository; null where nobody said. */
  repositories: readonly string[] | null;
  /** The commit that is read; null for the working tree. */
  commit: string | null;
  /** Files or folders; none asks for all. */
  asked: readonly string[];
  archived: ArchivedRecords;
  redacted: ReadonlySet<string>;
}

export interface VerifiedReceipts {
  findings: Finding[];
  /** Lines that a receipt proves. */
  lines: number;
  /** Names of the repository that the receipts speak of. */
  repositories: string[];
}

async function readAll(
  repository: Repository,
  checks: ReceiptChecks,
  received: ReceivedLines,
): Promise<void> {
  const take = async (file: RecordPath, chunks: AsyncIterable<Buffer> | Iterable<Buffer>) => {
    const reader = new JsonLines({
      object: (value, line) => received.add(file, line, value),
      problem: ({ line, message }) =>
        received.findings.add({ rule: "evidence/bad-receipt", message, file: file.path, line }),
    });
    for await (const chunk of chunks) reader.write(chunk);
    reader.end();
  };
  for await (const [file, chunks] of receiptFiles(repository, checks.commit)) await take(file, chunks);
  const isWanted = ({ kind }: RecordPath) => kind === "receipt";
  for await (const { file, content } of checks.archived.read({ isWanted })) await take(file, [content]);
}

/** Asked for a part, lines that stand elsewhere are not missed. */
function isWhole(day: string, asked: readonly string[]): boolean {
  return isAsked(`artifacts/${day}`, asked);
}

/** Checks all receipts offline, each checkpoint's signature once, and holds the lines of a source against them. */
export async function verifyReceipts(
  repository: Repository,
  source: EvidenceSource,
  checks: ReceiptChecks,
): Promise<VerifiedReceipts> {
  const received = new ReceivedLines(new CheckedNotes(checks.keys), checks.repositories);
  await readAll(repository, checks, received);
  const there = new Map<string, Set<string>>();
  const times = new CappedFindings();
  let lines = 0;
  for await (const [file, chunks] of source.read()) {
    const sums = there.get(dayOf(file)) ?? new Set<string>();
    there.set(dayOf(file), sums);
    const reader = new JsonLines({
      object({ timestamp }, line, text) {
        received.addWithin(file, line, text);
        const known = received.of(file);
        if (known === undefined) return;
        const sum = sumOf(text);
        sums.add(sum);
        const at = known.get(sum);
        if (at === undefined) return;
        lines += 1;
        const instant = typeof timestamp === "string" ? parseTimestamp(timestamp) : null;
        const finding = judgeReceivedTime(instant ?? Number.NaN, at, { file: file.path, line });
        if (finding !== null) times.add(finding);
      },
      problem: () => undefined,
    });
    for await (const chunk of chunks) reader.write(chunk);
    reader.end();
  }
  const missing = judgeMissingLines(received, there, checks.redacted).filter(({ file }) =>
    isWhole((file ?? "").replace("artifacts/", ""), checks.asked),
  );
  return {
    findings: [...received.findings.all(), ...missing, ...times.all()],
    lines,
    repositories: [...received.repositories].sort(),
  };
}
