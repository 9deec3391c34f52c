import { randomUUID } from "node:crypto";
import { localDate, utcTimestamp } from "../../platform/clock/index.ts";
import { Refusal } from "../../platform/errors/index.ts";
import { nearestOf } from "../../platform/errors/nearest.ts";
import { ACTIONS } from "../../vocabulary/action.ts";
import { isCalendarDate, parseTimestamp } from "../../vocabulary/timestamp.ts";
import { isPathPart, JsonLines } from "../record/index.ts";
import { isRecorder } from "./assurance-of.ts";
import { checkLine } from "./check-line.ts";
import { OUTCOMES } from "./contract.ts";

/** Words of the command line; they also fill what entries from standard input leave out. */
export interface EntryOptions {
  tool?: string;
  docRef?: string;
  purpose?: string;
  agent?: string;
  task?: string;
  requestId?: string;
  timestamp?: string;
  topic?: string;
  session?: string;
  outcome?: string;
  durationMs?: string;
  date?: string;
}

export type Entry = Record<string, unknown>;

export interface EntryDefaults {
  options: EntryOptions;
  agent: string | undefined;
  now: number;
}

const MOST_PROBLEMS = 20;
/** Optional fields that are texts. */
const TEXTS = ["task", "session", "server", "head", "input_hmac", "output_hmac"];
const OPTION_OF: Record<string, string> = { doc_ref: "--doc-ref", request_id: "--request-id" };

function without(entry: Entry): Entry {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined));
}

/** The entry with what it leaves out filled in, in the order in which fields are written. */
function complete(entry: Entry, { options, agent, now }: EntryDefaults): Entry {
  const { tool, doc_ref, request_id, timestamp, purpose, ...rest } = entry;
  const duration = options.durationMs === undefined ? undefined : Number(options.durationMs);
  return without({
    tool: tool ?? options.tool,
    doc_ref: doc_ref ?? options.docRef,
    request_id: request_id ?? options.requestId ?? randomUUID(),
    timestamp: timestamp ?? options.timestamp ?? utcTimestamp(now),
    purpose: purpose ?? options.purpose,
    agent,
    task: options.task,
    session: options.session,
    outcome: options.outcome,
    duration_ms: duration,
    ...rest,
  });
}

function isObject(value: unknown): value is Entry {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function optionalProblems(entry: Entry): string[] {
  const { agent, outcome, duration_ms: duration, action } = entry;
  const problems: string[] = [];
  if (agent === undefined) problems.push("agent is not said (--agent <agent>, or GROWTH_ENGINE_AGENT)");
  else if (typeof agent !== "string" || !isPathPart(agent)) {
    const allowed = "letters, digits and . _ - @, at most 100, not beginning or ending with a dot";
    problems.push(`agent ${JSON.stringify(agent)} cannot name a folder (${allowed})`);
  }
  if (outcome !== undefined && !OUTCOMES.some((known) => known === outcome)) {
    const near = typeof outcome === "string" ? nearestOf(outcome, OUTCOMES) : null;
    problems.push(
      `outcome is none of ${OUTCOMES.join(", ")}${near === null ? "" : `; did you mean "${near}"?`}`,
    );
  }
  if (action !== undefined && !ACTIONS.some((known) => known === action))
    problems.push(`action is none of ${ACTIONS.join(", ")}`);
  if (duration !== undefined && !(typeof duration === "number" && duration >= 0))
    problems.push("duration_ms is no number of milliseconds");
  for (const name of TEXTS) {
    const value = entry[name];
    if (value !== undefined && (typeof value !== "string" || value.trim() === ""))
      problems.push(`${name} is ${typeof value === "string" ? "empty" : "no text"}`);
  }
  return problems;
}

/** What a reader would pass over in silence, and count the line as no more than claimed. */
function linkProblems({ seq, prev, recorder, receipt }: Entry): string[] {
  const problems: string[] = [];
  if (seq !== undefined && !(Number.isSafeInteger(seq) && Number(seq) >= 0))
    problems.push("seq is no whole number from 0");
  if (prev !== undefined && !(typeof prev === "string" && /^[0-9a-f]{64}$/.test(prev)))
    problems.push("prev is no SHA-256 in lower-case hexadecimal");
  if (recorder !== undefined && !isRecorder(recorder))
    problems.push("recorder is no object with the texts kind, name and version");
  if (receipt !== undefined && !isObject(receipt)) problems.push("receipt is no object");
  return problems;
}

function problemsOf(entry: Entry): string[] {
  const faults = checkLine(entry).faults.map(({ field, what }) => {
    const absent = !Object.hasOwn(entry, field);
    return absent ? `${what} (${OPTION_OF[field] ?? `--${field}`} <${field.replace("_", "-")}>)` : what;
  });
  return [...faults, ...optionalProblems(entry), ...linkProblems(entry)];
}

/** @throws Refusal INPUT_INVALID with everything that is wrong, before anything was written */
function refuse(problems: readonly string[]): void {
  if (problems.length === 0) return;
  const more = problems.length - MOST_PROBLEMS;
  const listed = problems.slice(0, MOST_PROBLEMS).join("; ");
  throw new Refusal(
    "INPUT_INVALID",
    `nothing was written: ${listed}${more > 0 ? `; and ${more} more` : ""}`,
    {
      hint: "growth-engine evidence add --help",
    },
  );
}

/** The one entry that the command line describes. */
export function entryOf(defaults: EntryDefaults): Entry {
  const entry = complete({}, defaults);
  refuse(problemsOf(entry));
  return entry;
}

/** A value as JSON carries it; null when it has no JSON form, or is no object. */
function asObject(value: unknown): Entry | null {
  try {
    const copy: unknown = JSON.parse(JSON.stringify(value));
    return isObject(copy) ? copy : null;
  } catch {
    return null;
  }
}

/** The entries that a program hands over. All of them are checked before any is returned. */
export function entriesOf(values: readonly unknown[], defaults: EntryDefaults): Entry[] {
  const problems: string[] = [];
  const entries = values.flatMap((value, index) => {
    const given = asObject(value);
    const entry = given === null ? null : complete(given, defaults);
    const found = entry === null ? ["it is no object that JSON could carry"] : problemsOf(entry);
    problems.push(...found.map((problem) => `entry ${index + 1}: ${problem}`));
    return entry === null ? [] : [entry];
  });
  if (values.length === 0) problems.push("no entry was given");
  refuse(problems);
  return entries;
}

/** The entries that stand as JSON lines on standard input. All of them are checked before any is returned. */
export function readEntries(input: Buffer, defaults: EntryDefaults): Entry[] {
  const entries: Entry[] = [];
  const problems: string[] = [];
  const lines = new JsonLines({
    object(value, line) {
      const entry = complete(value, defaults);
      entries.push(entry);
      problems.push(...problemsOf(entry).map((problem) => `line ${line}: ${problem}`));
    },
    problem: ({ line, column, message }) => void problems.push(`line ${line}:${column}: ${message}`),
  });
  lines.write(input);
  lines.end();
  if (entries.length === 0 && problems.length === 0) problems.push("standard input holds no entry");
  refuse(problems);
  return entries;
}

/** The folder's date: as asked, else the local day of the entry. */
export function dateOf(entry: Entry, asked: string | undefined, now: number): string {
  if (asked === undefined) return localDate(parseTimestamp(String(entry.timestamp)) ?? now);
  if (isCalendarDate(asked)) return asked;
  throw new Refusal("INPUT_INVALID", `--date "${asked}" is no date`, { hint: "write it like 2026-01-31" });
}
