import type { Transaction } from "../../platform/database/index.ts";
import type {
  Bringing,
  KeptCounts,
  KeptFile,
  KeptLine,
  KeptLines,
  LineName,
} from "../../vocabulary/kept-line.ts";
import { EVIDENCE_LINES, evidenceColumns, takeSecrets } from "../evidence/live/index.ts";
import { HEARTBEAT_RECORDS, recordColumns } from "../heartbeat/live/index.ts";
import type { RecordPath } from "../record/index.ts";
import { placeOf } from "../record/index.ts";
import type { BrokenLine } from "./contract.ts";
import { nameOccurrences } from "./name-lines.ts";
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

const storeOf = ({ kind }: RecordPath) => (kind === "evidence" ? EVIDENCE_LINES : HEARTBEAT_RECORDS);

/** Which of these sums stand in kept lines of the file. */
export function findKept(
  transaction: Transaction,
  fleet: string,
  file: RecordPath,
  place: string,
  sums: readonly string[],
): Promise<Set<string>> {
  return storeOf(file).findSums(transaction, fleet, place, sums);
}

/** Gives up lines of a file. @returns of how many that is new */
export function giveUp(
  transaction: Transaction,
  fleet: string,
  { file, place }: Pick<CleanSegment, "file" | "place">,
  lines: readonly LineName[],
  at: string,
): Promise<number> {
  return storeOf(file).giveUp(transaction, fleet, place, lines, at);
}

/** A segment, and how often its lines stand in the file before it. */
export interface CountedSegment {
  segment: CleanSegment;
  before: ReadonlyMap<string, number>;
}

function fileOf(repository: string, { file, place }: CleanSegment): KeptFile {
  return { place, day: file.date, repository, file: file.path, agent: file.agent };
}

/** The good lines of a segment as rows; `columns` are what is asked for of each. */
function linesOf<T extends object>(
  { segment: { segment, sums, good }, before }: CountedSegment,
  columns: (line: CleanLine) => T,
): (KeptLine & T)[] {
  const occurrences = nameOccurrences(sums, before);
  return good.map((line) => {
    const index = line.number - segment.after.lines - 1;
    const sum = sums[index] ?? "";
    const occurrence = occurrences[index] ?? 1;
    return { sum, occurrence, number: line.number, line: line.text, ...columns(line) };
  });
}

/** So few lines at once that a statement stays well within its time. */
function* portionsOf<T extends KeptLine>(all: readonly KeptLines<T>[]): Generator<KeptLines<T>[]> {
  let portion: KeptLines<T>[] = [];
  let size = 0;
  for (const { file, lines } of all) {
    for (let at = 0; at < lines.length; at += AT_ONCE) {
      const some = lines.slice(at, at + AT_ONCE);
      portion.push({ file, lines: some });
      size += some.length;
      if (size < AT_ONCE) continue;
      yield portion;
      portion = [];
      size = 0;
    }
  }
  if (size > 0) yield portion;
}

async function inPortions<T extends KeptLine>(
  all: readonly KeptLines<T>[],
  keep: (portion: readonly KeptLines<T>[]) => Promise<KeptCounts>,
): Promise<KeptCounts> {
  const counts = { received: 0, returned: 0 };
  for (const portion of portionsOf(all)) {
    const { received, returned } = await keep(portion);
    counts.received += received;
    counts.returned += returned;
  }
  return counts;
}

const isBeats = ({ segment }: CountedSegment): boolean => segment.file.kind === "heartbeat";

/** Keeps the good lines of segments, each once. */
export async function keepSegments(
  transaction: Transaction,
  { fleet, repository }: { fleet: string; repository: string },
  segments: readonly CountedSegment[],
  bringing: Bringing,
): Promise<KeptCounts> {
  const evidence = segments
    .filter((one) => !isBeats(one))
    .map((one) => ({
      file: fileOf(repository, one.segment),
      lines: linesOf(one, ({ entry }) => evidenceColumns(entry)),
    }));
  const records = segments.filter(isBeats).map((one) => ({
    file: fileOf(repository, one.segment),
    lines: linesOf(one, ({ entry }) => recordColumns(entry)),
  }));
  const first = await inPortions(evidence, (portion) =>
    EVIDENCE_LINES.keep(transaction, fleet, portion, bringing),
  );
  const second = await inPortions(records, (portion) =>
    HEARTBEAT_RECORDS.keep(transaction, fleet, portion, bringing),
  );
  return { received: first.received + second.received, returned: first.returned + second.returned };
}
