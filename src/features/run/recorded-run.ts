import { RUN_KINDS, type RunKind } from "../../vocabulary/run-kind.ts";
import { readCounts, SOURCES, type Totals } from "./totals/totals.ts";

/** The tool that evidence lines of recorded runs name. */
export const RUN_TOOL = "test-run";
/** Names the recorder, and its files: `artifacts/<agent>/<day>/mcp/run.<session>.jsonl`. */
export const RUN_RECORDER = "run";

/** A stream's bytes; the text itself is nowhere. */
export interface StreamSum {
  sha256: string;
  bytes: number;
}

/** Member `run` of an evidence line. */
export interface RecordedRun {
  kind?: RunKind;
  /** Its words, without secrets. */
  command: string[];
  exit_code: number;
  signal: string | null;
  /** Null for a stream that went to a terminal. */
  stdout: StreamSum | null;
  stderr: StreamSum | null;
  /** Git trees of the working tree without `artifacts/`, before and after; null where that could not be told. */
  tree: { before: string | null; after: string | null };
  /** Commit of the target from which `files` counts; null where there is none. */
  base: string | null;
  /** Path to blob id, null where it is gone: how the tree before differs from `base`. Null where it could not be told. */
  files: Record<string, string | null> | null;
  /** Paths that changed while it ran. */
  changed: string[];
  /** Null where nothing told them. */
  totals: Totals | null;
}

/** A recorded run as a reader finds it in an evidence line. */
export interface FoundRun extends RecordedRun {
  file: string;
  line: number;
  agent: string;
  task: string | null;
  /** Null where the line does not say. */
  duration_ms: number | null;
  /** When it ended, in milliseconds since 1970. */
  at: number;
}

type Json = Readonly<Record<string, unknown>>;

const ID = /^(?:[\da-f]{40}|[\da-f]{64})$/;
const SUM = /^[\da-f]{64}$/;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const idOr = (value: unknown) => (typeof value === "string" && ID.test(value) ? value : null);
const texts = (value: unknown) =>
  Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];

function readSum(value: unknown): StreamSum | null {
  if (!isObject(value)) return null;
  const { sha256, bytes } = value;
  return typeof sha256 === "string" && SUM.test(sha256) && typeof bytes === "number"
    ? { sha256, bytes }
    : null;
}

/** One entry that is no blob id makes the list worthless: better none than a wrong one. */
function readFiles(value: unknown): Record<string, string | null> | null {
  if (!isObject(value)) return null;
  const entries = Object.entries(value);
  if (entries.some(([, id]) => id !== null && idOr(id) === null)) return null;
  return Object.fromEntries(entries) as Record<string, string | null>;
}

export function readTotalsOf(value: unknown): Totals | null {
  const counts = readCounts(value);
  const source = isObject(value) ? SOURCES.find((known) => known === value.source) : undefined;
  return counts && source ? { ...counts, source } : null;
}

/** The run that an evidence line tells of; null when it tells of none. Foreign text: nothing in it is trusted to be whole. */
export function readRecordedRun(line: Json): RecordedRun | null {
  const { tool, action, recorder, run } = line;
  const isOurs = tool === RUN_TOOL && action === "run" && isObject(recorder) && recorder.kind === "run";
  if (!isOurs || !isObject(run) || !Number.isSafeInteger(run.exit_code)) return null;
  const kind = RUN_KINDS.find((known) => known === run.kind);
  const tree = isObject(run.tree) ? run.tree : {};
  return {
    ...(kind ? { kind } : {}),
    command: texts(run.command),
    exit_code: Number(run.exit_code),
    signal: typeof run.signal === "string" ? run.signal : null,
    stdout: readSum(run.stdout),
    stderr: readSum(run.stderr),
    tree: { before: idOr(tree.before), after: idOr(tree.after) },
    base: idOr(run.base),
    files: readFiles(run.files),
    changed: texts(run.changed),
    totals: readTotalsOf(run.totals),
  };
}
