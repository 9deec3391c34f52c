import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { systemCode } from "../../platform/errors/index.ts";
import { RECORD_FOLDER } from "../record/index.ts";

/** The last line of a session, as the next one names it. */
export interface LastLine {
  sum: string;
  seq: number;
}

/** Where a session goes on in this working tree. */
export interface OpenSession {
  /** What lines call it: the session's own name, or that with a number where its earlier lines are elsewhere. */
  name: string;
  last: LastLine | null;
}

/** Of a long file only the end is read; one line takes 1 MiB at most. */
const TAIL_BYTES = 1 << 16;
const MOST_TAIL_BYTES = 4 << 20;
const NEWLINE = 10;

function readTail(path: string, bytes: number): { tail: Buffer; isWhole: boolean } {
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    const from = Math.max(0, size - bytes);
    const tail = Buffer.alloc(size - from);
    readSync(file, tail, 0, tail.length, from);
    return { tail, isWhole: from === 0 };
  } finally {
    closeSync(file);
  }
}

function lastIn(tail: Buffer, session: string): LastLine | null {
  let end = tail.length;
  while (end > 0) {
    const start = tail.lastIndexOf(NEWLINE, end - 1) + 1;
    const line = tail.subarray(start, tail[end - 1] === 13 ? end - 1 : end);
    const seq = seqOf(line, session);
    if (seq !== null) return { sum: createHash("sha256").update(line).digest("hex"), seq };
    end = start - 1;
  }
  return null;
}

function seqOf(line: Buffer, session: string): number | null {
  try {
    const value = JSON.parse(line.toString()) as Record<string, unknown> | null;
    return value?.session === session && Number.isSafeInteger(value.seq) ? Number(value.seq) : null;
  } catch {
    // A line that a crash cut short: the one before it is the last.
    return null;
  }
}

function lastOf(path: string, session: string): LastLine | null {
  for (let bytes = TAIL_BYTES; ; bytes *= 8) {
    const { tail, isWhole } = readTail(path, bytes);
    const last = lastIn(tail, session);
    if (last !== null || isWhole || bytes >= MOST_TAIL_BYTES) return last;
  }
}

function daysOf(folder: string): string[] {
  try {
    return readdirSync(folder).sort().reverse();
  } catch (error) {
    if (systemCode(error) === "ENOENT") return [];
    throw error;
  }
}

/** File of a session on a day, from the top of the repository. */
export function sessionFile(agent: string, day: string, recorder: string, session: string): string {
  return `${RECORD_FOLDER}/${agent}/${day}/mcp/${recorder}.${session}.jsonl`;
}

interface Place {
  root: string;
  gitDir: string;
  agent: string;
  recorder: string;
  session: string;
}

function lastInTree({ root, agent, recorder }: Place, session: string): LastLine | null {
  for (const day of daysOf(join(root, RECORD_FOLDER, agent))) {
    const path = join(root, sessionFile(agent, day, recorder, session));
    const last = existsSync(path) ? lastOf(path, session) : null;
    if (last !== null) return last;
  }
  return null;
}

function startsFile({ gitDir, agent, session }: Place): string {
  return join(gitDir, "growth-engine/sessions", `${agent}.${session}.starts`);
}

function readStarts(place: Place): number {
  try {
    const starts = Number(readFileSync(startsFile(place), "utf8"));
    return Number.isSafeInteger(starts) && starts > 0 ? starts : 0;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return 0;
  }
}

const numbered = (session: string, start: number) => (start === 1 ? session : `${session}-${start}`);

/**
 * Where a session goes on: after its last line in this working tree. Where its earlier lines are not here, as after a
 * change of branches, it starts anew under the next number, so that no branch holds half a chain.
 */
export function openSession(place: Place): OpenSession {
  const starts = readStarts(place);
  for (let start = Math.max(1, starts); start >= 1; start -= 1) {
    const name = numbered(place.session, start);
    const last = lastInTree(place, name);
    if (last !== null) return { name, last };
  }
  mkdirSync(join(place.gitDir, "growth-engine/sessions"), { recursive: true });
  writeFileSync(startsFile(place), String(starts + 1));
  return { name: numbered(place.session, starts + 1), last: null };
}
