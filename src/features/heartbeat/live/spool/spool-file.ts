import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { Fault, messageOf, systemCode } from "../../../../platform/errors/index.ts";

/** Some ten thousand beats: an agent that beats each minute fills it in a week. */
export const MAX_SPOOL_BYTES = 4 << 20;

const FLAGS =
  constants.O_WRONLY |
  constants.O_APPEND |
  constants.O_CREAT |
  (constants.O_NOFOLLOW ?? 0) |
  (constants.O_NONBLOCK ?? 0);
const OWN = 0o600;
const OWN_FOLDER = 0o700;

/** Where this user's programs keep what outlives them (XDG Base Directory Specification). */
export function spoolFolder(env: NodeJS.ProcessEnv): string {
  return join(env.XDG_STATE_HOME || `${homedir()}/.local/state`, "growth-engine", "spool");
}

/** The files of one spool: one for each server, fleet and token. */
export function spoolPaths(env: NodeJS.ProcessEnv, id: string) {
  const base = join(spoolFolder(env), `beats-${id}`);
  return {
    waiting: `${base}.ndjson`,
    delivering: `${base}.delivering`,
    refused: `${base}.refused.ndjson`,
    who: `${base}.json`,
    lock: `${base}.lock`,
  };
}

function appendOnce(path: string, line: Buffer): boolean {
  const file = openSync(path, FLAGS, OWN);
  try {
    const { size, ino } = fstatSync(file);
    if (size + line.length > MAX_SPOOL_BYTES)
      throw new Error(`it holds ${MAX_SPOOL_BYTES >> 20} MiB already, and takes no more`);
    if (writeSync(file, line) !== line.length) throw new Error("the disk is full");
    // Somebody may have taken the file away to deliver it just before this was written: then it is written again.
    return statSync(path, { throwIfNoEntry: false })?.ino === ino;
  } finally {
    closeSync(file);
  }
}

/** Appends a line in one write. It may come to stand there twice, never not at all. @throws Fault FILE_FAILED */
export function appendToSpool(path: string, value: object): void {
  const line = Buffer.from(`${JSON.stringify(value)}\n`);
  try {
    mkdirSync(dirname(path), { recursive: true, mode: OWN_FOLDER });
    while (!appendOnce(path, line));
  } catch (cause) {
    throw new Fault("FILE_FAILED", `${path} could not be written: ${messageOf(cause)}`, {
      cause,
      hint: "start the server, and growth-engine sync; or free some space",
    });
  }
}

/** A file's lines, whatever they are; none when it is not there. */
export function readLines(path: string): string[] {
  try {
    return readFileSync(path, "utf8")
      .split("\n")
      .filter((line) => line !== "");
  } catch (cause) {
    if (systemCode(cause) === "ENOENT") return [];
    throw new Fault("FILE_FAILED", `${path} could not be read: ${messageOf(cause)}`, { cause });
  }
}

/** Whether something waits. */
export function isWaiting({ waiting, delivering }: ReturnType<typeof spoolPaths>): boolean {
  return existsSync(waiting) || existsSync(delivering);
}

/** Takes away what waits, to be delivered; what was taken away before and not delivered comes first. */
export function takeWaiting({ waiting, delivering }: ReturnType<typeof spoolPaths>): string[] {
  if (!existsSync(delivering)) {
    if (!existsSync(waiting)) return [];
    renameSync(waiting, delivering);
  }
  return readLines(delivering);
}

/** All of it was delivered or refused. */
export function forgetDelivered({ delivering }: ReturnType<typeof spoolPaths>): void {
  rmSync(delivering, { force: true });
}
