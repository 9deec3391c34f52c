import { relative, sep } from "node:path";
import type { CommandContext } from "../../platform/terminal/index.ts";
import { recordCalls } from "../recorder/index.ts";
import { describeTook } from "./describe-took.ts";
import type { FinishedRun, Ready } from "./finished-run.ts";
import type { Ended } from "./pass-through.ts";
import { type RecordedRun, RUN_RECORDER, RUN_TOOL, type StreamSum } from "./recorded-run.ts";
import { redactWords } from "./redact-words.ts";
import { runSession } from "./run-session.ts";
import { describeTotals } from "./totals/describe-totals.ts";
import { readTotals } from "./totals/read-totals.ts";
import { scrapeTotals } from "./totals/scrape-totals.ts";
import type { Totals } from "./totals/totals.ts";
import { changedBetween } from "./tree/look-at-tree.ts";

/** What a person is told of a recorded run. */
export interface Recorded {
  sentence: string;
  /** What could not be told, and why. */
  notes: string[];
}

/** A branch that differs in more files is known by its tree alone: a line takes 1 MiB at most. */
const MOST_FILES = 4_000;
const MAX_FILES_BYTES = 512 * 1024;
const MOST_CHANGED = 100;

const sumOf = (stream: Ended["stdout"]): StreamSum | null =>
  stream && { sha256: stream.sha256, bytes: stream.bytes };

function filesOf({ before }: Ready): RecordedRun["files"] {
  const { differences } = before;
  if (differences === null || differences.length > MOST_FILES) return null;
  const files = Object.fromEntries(differences.map(({ path, id }) => [path, id]));
  return JSON.stringify(files).length > MAX_FILES_BYTES ? null : files;
}

async function totalsOf({
  asked,
  ended,
}: FinishedRun): Promise<{ totals: Totals | null; note: string | null }> {
  const { totals, said } = await readTotals(asked);
  if (totals) return { totals, note: null };
  const reason = said ?? asked.said ?? "the test runner left no report";
  const claimed = scrapeTotals(`${ended.stdout?.tail ?? ""}\n${ended.stderr?.tail ?? ""}`);
  return {
    totals: claimed,
    note: claimed ? `totals are claimed by what was printed: ${reason}` : `no totals: ${reason}`,
  };
}

function placeOf({ checkout }: Ready, cwd: string): string {
  const below = relative(checkout.root, cwd).split(sep).join("/");
  return below === "" || below.startsWith("..") ? "repo:." : `repo:${below}`;
}

function sentenceOf({ kind, ended, took }: FinishedRun, totals: Totals | null, file: string): string {
  const how = ended.signal === null ? `exit ${ended.code}` : `ended by ${ended.signal}`;
  return `recorded ${kind ?? "a"} run: ${how}, ${describeTook(took)}, ${describeTotals(totals)}; ${file}`;
}

/** Writes one evidence line about a run that is over. */
export async function recordRun(run: FinishedRun, ready: Ready, context: CommandContext): Promise<Recorded> {
  const { checkout, watch, before } = ready;
  const { ended } = run;
  const [after, { totals, note }, command] = await Promise.all([
    watch.look(),
    totalsOf(run),
    redactWords(run.words),
  ]);
  const changed = changedBetween(before, after);
  const recorded: RecordedRun = {
    ...(run.kind ? { kind: run.kind } : {}),
    command,
    exit_code: ended.code,
    signal: ended.signal,
    stdout: sumOf(ended.stdout),
    stderr: sumOf(ended.stderr),
    tree: { before: before.tree, after: after.tree },
    base: watch.base,
    files: filesOf(ready),
    changed: changed.slice(0, MOST_CHANGED),
    totals,
  };
  const session = {
    root: checkout.root,
    agent: run.agent,
    session: runSession(checkout),
    recorder: { kind: "run", name: RUN_RECORDER, version: context.version },
    task: run.task,
    head: checkout.head ?? undefined,
  } as const;
  const [written] = recordCalls(session, [
    {
      tool: RUN_TOOL,
      docRef: placeOf(ready, context.cwd),
      purpose: `${run.kind ?? "run"}: ${command.join(" ")}`,
      action: "run",
      outcome: ended.code === 0 ? "ok" : "error",
      durationMs: run.took,
      input: { command: run.words },
      at: context.clock.now(),
      more: { run: recorded },
    },
  ]);
  const moved =
    changed.length > 0
      ? [`${changed.length} files changed while it ran: ${changed.slice(0, 3).join(", ")}`]
      : [];
  return {
    sentence: sentenceOf(run, totals, written?.file ?? ""),
    notes: [...(note === null ? [] : [note]), ...watch.said, ...moved],
  };
}
