import { openRepository, type Repository, splitZero, workingTree } from "../../platform/git/index.ts";
import { type CommandContext, paintFor, renderTable } from "../../platform/terminal/index.ts";
import { formatDuration } from "../../vocabulary/duration.ts";
import { EXIT, type ExitCode } from "../../vocabulary/exit-code.ts";
import { formatTimestamp } from "../../vocabulary/timestamp.ts";
import { readConfig } from "../config/index.ts";
import { type AddedVisitor, archivedOnDisk, RECORD_FOLDER, type RecordPath } from "../record/index.ts";
import { checkBeat } from "./check-beat.ts";
import { parseHeartbeatPath } from "./heartbeat-path.ts";
import { type LastBeat, STATES, type State, stateOf } from "./last-beat.ts";
import { listIgnored } from "./list-ignored.ts";
import { readArchivedHeartbeats, readHeartbeats } from "./read-heartbeats.ts";

export interface StatusOptions {
  agent?: string;
  task?: string;
  all?: boolean;
  json?: boolean;
}

interface Row extends LastBeat {
  state: State;
}

/** What was done longer ago than this is history. */
const RECENT_MS = 24 * 3_600_000;
/** A beat this far ahead of the clock is not believed: it would count as fresh for ever. */
const FUTURE_MS = 5 * 60_000;
const COLOURS: Record<State, "red" | "yellow" | "green" | "dim"> = {
  late: "red",
  blocked: "yellow",
  fresh: "green",
  done: "dim",
};

/** On disk, git-ignored or not: an agent is alive whether or not git will carry its beats. */
async function listFiles(repository: Repository) {
  const { stdout } = await repository.git(["ls-files", "-z", "--cached", "--others", "--", RECORD_FOLDER]);
  return [...new Set(splitZero(stdout))].sort().flatMap((path) => parseHeartbeatPath(path) ?? []);
}

async function readLastBeats(
  repository: Repository,
  now: number,
): Promise<{ last: LastBeat[]; unread: number }> {
  const last = new Map<string, LastBeat>();
  let unread = 0;
  const visitorFor = ({ path, agent }: RecordPath): AddedVisitor => ({
    object(value, line) {
      const beat = checkBeat(value);
      if (Array.isArray(beat) || beat.time > now + FUTURE_MS) {
        unread += 1;
        return;
      }
      const { time, task, status, progress } = beat;
      const key = `${agent}/${task}`;
      const known = last.get(key);
      if (known === undefined || time >= known.time)
        last.set(key, { agent, task, time, status, progress, file: path, line });
    },
    problem: () => {
      unread += 1;
    },
  });
  const archived = archivedOnDisk(repository);
  await readArchivedHeartbeats(archived, visitorFor);
  await readHeartbeats(workingTree(repository), await listFiles(repository), true, visitorFor);
  unread += archived.problems.length;
  return { last: [...last.values()], unread };
}

function compareRows(a: Row, b: Row): number {
  return STATES.indexOf(a.state) - STATES.indexOf(b.state) || b.time - a.time;
}

function renderRows(rows: readonly Row[], context: CommandContext): string {
  const paint = paintFor(context.colour);
  const now = context.clock.now();
  const cells = rows.map(({ state, agent, task, time, progress }) => [
    state,
    agent,
    task,
    `${formatDuration(Math.max(0, now - time))} ago`,
    progress ?? "–",
  ]);
  const [header = "", ...lines] = renderTable(["state", "agent", "task", "last beat", "progress"], cells)
    .trimEnd()
    .split("\n");
  const painted = lines.map((line, index) => {
    const state = rows[index]?.state ?? "done";
    return paint(COLOURS[state], line.slice(0, state.length)) + line.slice(state.length);
  });
  return `${[paint("bold", header), ...painted].join("\n")}\n`;
}

function renderJson(rows: readonly Row[], staleAfter: number, now: number): string {
  const tasks = rows.map(({ agent, task, state, time, progress, file, line }) => ({
    agent,
    task,
    state,
    lastBeat: formatTimestamp(time),
    ageSeconds: Math.max(0, Math.round((now - time) / 1_000)),
    progress,
    file,
    line,
  }));
  return `${JSON.stringify({ staleAfterSeconds: staleAfter / 1_000, tasks }, null, 2)}\n`;
}

function warn(context: CommandContext, unread: number, ignored: number): void {
  if (unread > 0)
    context.err(`lines that are no beats: ${unread} (growth-engine heartbeat verify names them)\n`);
  if (ignored > 0)
    context.err(`files that git ignores: ${ignored}; no commit will carry them (see .gitignore)\n`);
}

/**
 * Shows the last beat of each agent and task of this checkout against the clock.
 * Exit 1 when one is late: then this checkout is not healthy.
 */
export async function showStatus(options: StatusOptions, context: CommandContext): Promise<ExitCode> {
  const repository = await openRepository(context.cwd);
  const { staleAfter } = (await readConfig(workingTree(repository))).heartbeat;
  const now = context.clock.now();
  const { last, unread } = await readLastBeats(repository, now);
  const rows = last
    .filter(({ agent, task }) => agent === (options.agent ?? agent) && task === (options.task ?? task))
    .map((beat): Row => ({ ...beat, state: stateOf(beat, now, staleAfter) }))
    .sort(compareRows);
  const shown = rows.filter(({ state, time }) => options.all || state !== "done" || now - time <= RECENT_MS);
  if (options.json) context.out(renderJson(shown, staleAfter, now));
  else {
    context.out(shown.length === 0 ? "no agent is at work here\n" : renderRows(shown, context));
    if (shown.length < rows.length) context.out(`${rows.length - shown.length} done over a day ago: --all\n`);
  }
  warn(context, unread, (await listIgnored(repository)).length);
  return rows.some(({ state }) => state === "late") ? EXIT.no : EXIT.ok;
}
