import { belongsTo } from "./belongs-to.ts";
import { ClaudeCodeLog } from "./claude-code-log.ts";
import { CodexLog } from "./codex-log.ts";
import type { Host } from "./host-tools.ts";
import type { KnownCalls } from "./known-calls.ts";
import type { HostLog, LoggedCall, LogSession } from "./logged-call.ts";
import { type LogProblem, readLogLines, UnreadableLog } from "./read-log-lines.ts";

/** What became of one log. */
export interface ImportedLog {
  path: string;
  /** The host's id of the session; null when the log says none. */
  session: string | null;
  /** Calls that were recorded now. */
  added: number;
  /** Calls that were recorded before. */
  known: number;
  /** Calls before `since`. */
  earlier: number;
  /** Calls without an answer yet, in a session that may go on. */
  waiting: number;
  problems: LogProblem[];
  /** Why nothing was taken from it; null when it was read. */
  skipped: string | null;
}

/** What importing a log needs. */
export interface ImportGround {
  host: Host;
  root: string;
  known: KnownCalls;
  /** Milliseconds since 1970. */
  since: number;
  now: number;
  /** Records calls of a session that are new. */
  write(session: LogSession, calls: readonly LoggedCall[]): Promise<void>;
}

/** As many are recorded in one append. */
const BATCH = 200;
/** A session that wrote nothing for so long will not answer a call any more. */
const SILENT_MS = 3_600_000;
const MOST_PROBLEMS = 1_000;

function logOf(host: Host): HostLog {
  return host === "codex" ? new CodexLog() : new ClaudeCodeLog();
}

class LogImport {
  readonly #log: HostLog;
  readonly #ground: ImportGround;
  #calls: LoggedCall[] = [];
  readonly result: ImportedLog;

  constructor(path: string, ground: ImportGround) {
    this.#ground = ground;
    this.#log = logOf(ground.host);
    this.result = {
      path,
      session: null,
      added: 0,
      known: 0,
      earlier: 0,
      waiting: 0,
      problems: [],
      skipped: null,
    };
  }

  async run(): Promise<ImportedLog> {
    for await (const { entries, problems } of readLogLines(this.result.path)) {
      for (const problem of problems) this.#problem(problem);
      for (const { line, entry } of entries) {
        const fault = this.#log.read(entry, line);
        if (fault !== null) this.#problem({ line, message: fault });
      }
      if (!this.#isOurs()) return this.result;
      await this.#take(this.#log.takeAnswered(false), BATCH);
    }
    await this.#finish();
    return this.result;
  }

  #problem(problem: LogProblem): void {
    if (this.result.problems.length < MOST_PROBLEMS) this.result.problems.push(problem);
  }

  /** False once the log said that it is of another checkout. */
  #isOurs(): boolean {
    const { session } = this.#log;
    if (session === null) return true;
    this.result.session = session.id;
    if (belongsTo(session, this.#ground.root)) return true;
    this.result.skipped = `it is of a session in ${session.cwd}, which is not this checkout`;
    return false;
  }

  async #finish(): Promise<void> {
    if (this.#log.session === null) {
      this.result.skipped = "it does not say which session it is of, and in which folder it worked";
      return;
    }
    await this.#take(this.#log.takeAnswered(true), 1);
    const left = this.#log.takeUnanswered();
    const isOver = this.#ground.now - this.#log.lastAt > SILENT_MS;
    if (isOver) await this.#take(left, 1);
    else this.result.waiting = left.length;
  }

  async #take(calls: readonly LoggedCall[], least: number): Promise<void> {
    const { known, since, write } = this.#ground;
    const { session } = this.#log;
    for (const call of calls) {
      if (call.at < since) this.result.earlier += 1;
      else if (known.has(call.id, call.at)) this.result.known += 1;
      else {
        known.add(call.id, call.at);
        this.#calls.push(call);
      }
    }
    if (session === null || this.#calls.length < least) return;
    const ready = this.#calls;
    this.#calls = [];
    await write(session, ready);
    this.result.added += ready.length;
  }
}

/** Reads one log from its beginning and records the calls that are not known. */
export async function importLog(path: string, ground: ImportGround): Promise<ImportedLog> {
  const log = new LogImport(path, ground);
  try {
    return await log.run();
  } catch (error) {
    // Hosts clean their logs up, also while one is read.
    if (!(error instanceof UnreadableLog)) throw error;
    return { ...log.result, skipped: `it cannot be read: ${error.message}` };
  }
}

/** What a log says of itself, read no further than to where it says so; null when it says nothing. */
export async function peekSession(path: string, host: Host): Promise<LogSession | null> {
  const log = logOf(host);
  for await (const { entries } of readLogLines(path)) {
    for (const { line, entry } of entries) {
      log.read(entry, line);
      if (log.session !== null) return log.session;
    }
  }
  return null;
}
