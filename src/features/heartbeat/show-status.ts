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

/** Which tasks are asked for. */
export interface StatusQuery {
  agent?: string | undefined;
  task?: string | undefined;
  /** Also what was done over a day ago. */
  all?: boolean | undefined;
}

export interface StatusOptions extends StatusQuery {
  json?: boolean;
}

/** The last beat of each agent and task against the clock. */
export interface HeartbeatStatus {
  /** Milliseconds of silence after which a task that says `doing` is late. */
  staleAfter: number;
  /** The late ones first, then by last beat. */
  tasks: StatusRow[];
  /** Tasks done over a day ago that are not shown. */
  hidden: number;
  /** Whether any task that was asked for is late. */
  isLate: boolean;
  /** Lines that are no beats, or lie ahead of the clock. */
  unread: number;
  /** Heartbeat files that git ignores: no commit will carry them. */
  ignored: number;
}

/** A task and its state: `late`, `blocked`, `fresh` or `done`. Times are milliseconds since 1970. */
export interface StatusRow extends LastBeat {
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

function compareRows(a: StatusRow, b: StatusRow): number {
  return STATES.indexOf(a.state) - STATES.indexOf(b.state) || b.time - a.time;
}

function renderRows(rows: readonly StatusRow[], now: number, context: CommandContext): string {
  const paint = paintFor(context.colour);
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

function renderJson(rows: readonly StatusRow[], staleAfter: number, now: number): string {
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
 * The last beat of each agent and task of a checkout against the clock.
 * @param now milliseconds since 1970
 * @throws Refusal CONFIG_INVALID; Fault
 */
export async function readStatus(
  repository: Repository,
  query: StatusQuery,
  now: number,
): Promise<HeartbeatStatus> {
  const { staleAfter } = (await readConfig(workingTree(repository))).heartbeat;
  const { last, unread } = await readLastBeats(repository, now);
  const rows = last
    .filter(({ agent, task }) => agent === (query.agent ?? agent) && task === (query.task ?? task))
    .map((beat): StatusRow => ({ ...beat, state: stateOf(beat, now, staleAfter) }))
    .sort(compareRows);
  const tasks = rows.filter(({ state, time }) => query.all || state !== "done" || now - time <= RECENT_MS);
  return {
    staleAfter,
    tasks,
    hidden: rows.length - tasks.length,
    isLate: rows.some(({ state }) => state === "late"),
    unread,
    ignored: (await listIgnored(repository)).length,
  };
}

/** `growth-engine heartbeat status`: exit 1 when a task is late, since then this checkout is not healthy. */
export async function showStatus(options: StatusOptions, context: CommandContext): Promise<ExitCode> {
  const now = context.clock.now();
  const status = await readStatus(await openRepository(context.cwd), options, now);
  const { tasks, hidden } = status;
  if (options.json) context.out(renderJson(tasks, status.staleAfter, now));
  else {
    context.out(tasks.length === 0 ? "no agent is at work here\n" : renderRows(tasks, now, context));
    if (hidden > 0) context.out(`${hidden} done over a day ago: --all\n`);
  }
  warn(context, status.unread, status.ignored);
  return status.isLate ? EXIT.no : EXIT.ok;
}
