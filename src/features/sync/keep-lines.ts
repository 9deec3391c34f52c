import type { Transaction } from "../../platform/database/index.ts";
import type { Bringing, KeptCounts, KeptLine } from "../../vocabulary/kept-line.ts";
import { evidenceColumns, findSums, giveUpLines, keepLines, takeSecrets } from "../evidence/live/index.ts";
import { findRecordSums, giveUpRecords, keepRecords, recordColumns } from "../heartbeat/live/index.ts";
import type { RecordPath } from "../record/index.ts";
import type { BrokenLine } from "./contract.ts";
import { nameOccurrences } from "./name-lines.ts";
import { placeOf } from "./place.ts";
import type { GoodLine, ReadSegment } from "./read-segment.ts";

/** A good line without secrets. */
export interface CleanLine extends GoodLine {
  redacted: boolean;
}

/** A segment that is ready to be kept. */
export interface CleanSegment extends Omit<ReadSegment, "good"> {
  place: string;
  good: CleanLine[];
}

/** Few rows a statement keep it well within its time. */
const AT_ONCE = 5_000;

function clean(
  read: ReadSegment,
  place: string,
  cleaned: Awaited<ReturnType<typeof takeSecrets>>,
): CleanSegment {
  const broken: BrokenLine[] = [...read.broken];
  const good = read.good.flatMap((line, index) => {
    const found = cleaned[index] ?? null;
    if (found === null) {
      const message = "the line is nested too deeply to be searched for secrets";
      broken.push({
        file: read.file.path,
        line: line.number,
        column: 1,
        rule: `${read.file.kind}/not-an-object`,
        message,
      });
      return [];
    }
    const { entry, redacted } = found;
    return [{ ...line, entry, redacted, text: redacted ? JSON.stringify(entry) : line.text }];
  });
  return { ...read, place, good, broken };
}

/** Takes secrets out of the lines of segments. */
export async function cleanSegments(
  repository: string,
  segments: readonly ReadSegment[],
): Promise<CleanSegment[]> {
  const cleaned = await takeSecrets(segments.flatMap(({ good }) => good.map(({ entry }) => entry)));
  let at = 0;
  return segments.map((read) => {
    const own = cleaned.slice(at, at + read.good.length);
    at += read.good.length;
    return clean(read, placeOf(repository, read.file.path), own);
  });
}

/** Which of these sums stand in kept lines of the file. */
export function findKept(
  transaction: Transaction,
  fleet: string,
  file: RecordPath,
  place: string,
  sums: readonly string[],
): Promise<Set<string>> {
  const find = file.kind === "evidence" ? findSums : findRecordSums;
  return find(transaction, fleet, place, sums);
}

/** Gives up lines of a file. @returns of how many that is new */
export function giveUp(
  transaction: Transaction,
  fleet: string,
  { file, place }: Pick<CleanSegment, "file" | "place">,
  lines: Parameters<typeof giveUpLines>[3],
  at: string,
): Promise<number> {
  const give = file.kind === "evidence" ? giveUpLines : giveUpRecords;
  return give(transaction, fleet, place, lines, at);
}

function keptLines(
  repository: string,
  { file, place, segment, sums, good }: CleanSegment,
  before: ReadonlyMap<string, number>,
): { kept: KeptLine; line: CleanLine }[] {
  const occurrences = nameOccurrences(sums, before);
  return good.map((line) => {
    const index = line.number - segment.after.lines - 1;
    const kept = {
      place,
      sum: sums[index] ?? "",
      occurrence: occurrences[index] ?? 1,
      day: file.date,
      repository,
      file: file.path,
      number: line.number,
      agent: file.agent,
      line: line.text,
    };
    return { kept, line };
  });
}

async function inPortions<T>(
  rows: readonly T[],
  keep: (portion: readonly T[]) => Promise<KeptCounts>,
): Promise<KeptCounts> {
  const counts = { received: 0, returned: 0 };
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    const { received, returned } = await keep(rows.slice(at, at + AT_ONCE));
    counts.received += received;
    counts.returned += returned;
  }
  return counts;
}

/** Keeps the good lines of segments, each once. */
export async function keepSegments(
  transaction: Transaction,
  { fleet, repository }: { fleet: string; repository: string },
  segments: readonly { segment: CleanSegment; before: ReadonlyMap<string, number> }[],
  bringing: Bringing,
): Promise<KeptCounts & { lines: number; redacted: number }> {
  const rows = segments.flatMap(({ segment, before }) => keptLines(repository, segment, before));
  const evidence = rows.flatMap(({ kept, line }) =>
    line.beat === null ? [{ ...kept, ...evidenceColumns(line.entry) }] : [],
  );
  const records = rows.flatMap(({ kept, line }) =>
    line.beat === null ? [] : [{ ...kept, ...recordColumns(line.beat) }],
  );
  const first = await inPortions(evidence, (portion) => keepLines(transaction, fleet, portion, bringing));
  const second = await inPortions(records, (portion) => keepRecords(transaction, fleet, portion, bringing));
  return {
    received: first.received + second.received,
    returned: first.returned + second.returned,
    lines: rows.length,
    redacted: rows.filter(({ line }) => line.redacted).length,
  };
}
