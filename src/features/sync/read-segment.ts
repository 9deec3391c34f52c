import { parseTimestamp } from "../../vocabulary/timestamp.ts";
import { checkLine } from "../evidence/index.ts";
import { checkBeat } from "../heartbeat/index.ts";
import { JsonLines, type RecordPath } from "../record/index.ts";
import type { BrokenLine } from "./contract.ts";
import type { GivenSegment } from "./split-segments.ts";
import { sumOfLine } from "./sums.ts";
import { readUnsent } from "./unsent-line.ts";

/** A line that is what its file is for. */
export interface GoodLine {
  /** From 1, in the file. */
  number: number;
  text: string;
  entry: Readonly<Record<string, unknown>>;
}

/** A segment as it was read. */
export interface ReadSegment {
  segment: GivenSegment;
  file: RecordPath;
  /** Of each line, in order, blank and broken ones too. */
  sums: string[];
  good: GoodLine[];
  broken: BrokenLine[];
}

/** A tombstone says nothing and is no mistake (contract §1). */
const isTombstone = ({ redacted, timestamp }: Record<string, unknown>): boolean =>
  typeof redacted === "string" &&
  /^[0-9a-f]{64}$/.test(redacted) &&
  (timestamp === undefined || parseTimestamp(String(timestamp)) !== null);

/** What is wrong with a line, if anything. */
function faultOf(
  { kind }: RecordPath,
  entry: Record<string, unknown>,
): { rule: string; message: string } | null {
  if (kind === "evidence") {
    const [fault] = checkLine(entry).faults;
    return fault ? { rule: fault.rule, message: fault.what } : null;
  }
  const beat = checkBeat(entry);
  const fault = Array.isArray(beat) ? beat[0] : undefined;
  return fault ? { rule: `heartbeat/${fault.kind}`, message: fault.message } : null;
}

/** Reads the lines of a segment as all readers of record files do, and judges each by itself. */
export function readSegment(segment: GivenSegment, file: RecordPath): ReadSegment {
  const read: ReadSegment = { segment, file, sums: [], good: [], broken: [] };
  const before = segment.after.lines;
  const breakLine = (line: number, column: number, rule: string, message: string) =>
    read.broken.push({ file: file.path, line: before + line, column, rule, message });
  const lines = new JsonLines({
    object(entry, line, text) {
      const fault = faultOf(file, entry);
      if (fault === null) read.good.push({ number: before + line, text, entry });
      else if (!isTombstone(entry)) breakLine(line, 1, fault.rule, fault.message);
    },
    problem: ({ line, column, kind, message }) => breakLine(line, column, `${file.kind}/${kind}`, message),
  });
  for (const [index, text] of segment.texts.entries()) {
    const unsent = readUnsent(text);
    read.sums.push(unsent?.sum ?? sumOfLine(text));
    if (unsent !== null) breakLine(index + 1, 1, `${file.kind}/${unsent.kind}`, unsent.message);
  }
  const shown = segment.texts.map((text) => (text.startsWith("\u0001") ? "" : text));
  lines.write(Buffer.from(`${shown.join("\n")}\n`));
  lines.end();
  return read;
}
