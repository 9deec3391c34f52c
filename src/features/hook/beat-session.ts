import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { localDate, readInstant } from "../../platform/clock/index.ts";
import { systemCode } from "../../platform/errors/index.ts";
import { holdSession, type RecorderSession, recordBeat, type SeenBeat } from "../recorder/index.ts";

/** Beats of one session that say the same come once in so long: gaps are judged from 15 minutes on. */
export const BEAT_EVERY_MS = 60_000;

type LastBeat = Pick<SeenBeat, "status" | "task" | "progress" | "at">;

function parse(line: string): LastBeat | null {
  try {
    const { status, task, progress, timestamp } = JSON.parse(line) as Record<string, string>;
    const at = readInstant(timestamp ?? "");
    return { status: status as LastBeat["status"], task: task ?? "", progress, at };
  } catch {
    // Cut short: as good as none.
    return null;
  }
}

function lastIn(path: string): LastBeat | null {
  try {
    const line = readFileSync(path, "utf8").trimEnd().split("\n").at(-1) ?? "";
    return line === "" ? null : parse(line);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return null;
  }
}

const folderOf = ({ root, agent }: RecorderSession, at: number) =>
  join(root, "artifacts", agent, localDate(at));

/** Did this agent say of the task today, after `since`, that it is done, as `task complete` does? */
function isSaidDone(session: RecorderSession, task: string, now: number, since: number): boolean {
  const folder = folderOf(session, now);
  try {
    const names = readdirSync(folder).filter((name) =>
      /^heartbeat\..*ndjson$|^heartbeat\.ndjson$/.test(name),
    );
    const beats = names.map((name) => lastIn(join(folder, name)));
    return beats.some((beat) => beat?.task === task && beat.status === "done" && beat.at >= since);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return false;
  }
}

/** Is there something to say? A change at once; that work goes on once in a while; that it waits once. */
export function isBeatDue(last: LastBeat | null, beat: LastBeat): boolean {
  if (last === null || last.status !== beat.status || last.task !== beat.task) return true;
  if (beat.status !== "doing") return last.progress !== beat.progress;
  return !(beat.at - last.at < BEAT_EVERY_MS);
}

/**
 * Beats for a session when it is due. One process at a time, and never before the last beat, so that times of a
 * session do not go back. A task that was said to be done is not said to wait.
 * @param gitDir of the working tree
 * @returns whether a line was written
 */
export function beatSession(
  session: RecorderSession,
  gitDir: string,
  beat: Omit<SeenBeat, "at">,
  now: () => number,
): boolean {
  const path = join(folderOf(session, now()), `heartbeat.${session.session}.ndjson`);
  const look = () => {
    const last = lastIn(path);
    const due = { ...beat, at: Math.max(now(), last?.at || 0) };
    return { last, due, isDue: isBeatDue(last, due) };
  };
  // Most calls end here, without a lock.
  if (!look().isDue) return false;
  return holdSession(gitDir, `beat.${session.agent}.${session.session}`, () => {
    const { last, due, isDue } = look();
    if (!isDue) return false;
    if (due.status === "blocked" && isSaidDone(session, due.task, due.at, last?.at || 0)) return false;
    recordBeat(session, due);
    return true;
  });
}
