import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "../../platform/clock/index.ts";
import { systemCode } from "../../platform/errors/index.ts";
import { isRunning } from "../../platform/files/hold-lock.ts";

/** Not all at once: who waits takes the machine from who writes. */
const TURN_MS = 2;
const MOST_TURN_MS = 10;
/** Hosts end their hooks after ten seconds. */
const PATIENCE_MS = 8_000;
/** An append takes milliseconds: what holds a lock for longer was stopped in the middle. */
const STALE_MS = 10_000;

function take(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (systemCode(error) === "EEXIST") return false;
    throw error;
  }
}

function isLeftBehind(path: string, now: number): boolean {
  try {
    const text = readFileSync(path, "utf8");
    const owner = Number(text);
    const { mtimeMs } = statSync(path);
    if (now - mtimeMs > STALE_MS) return true;
    // Between being made and being filled it names nobody.
    if (!Number.isSafeInteger(owner) || owner <= 0 || isRunning(owner)) return false;
    // Whoever let go and left between the two looks left nothing behind: the lock is another's by now.
    return readFileSync(path, "utf8") === text;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return false;
  }
}

/**
 * Runs a deed while no other process writes to the session. Whoever waits too long goes ahead all the same: two
 * lines that follow the same one only warn, and a lost line would be worse.
 */
export function holdSession<T>(gitDir: string, session: string, deed: () => T): T {
  const folder = join(gitDir, "growth-engine/sessions");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${session}.lock`);
  const turn = new Int32Array(new SharedArrayBuffer(4));
  const end = performance.now() + PATIENCE_MS;
  let wait = TURN_MS;
  let held = take(path);
  while (!held && performance.now() < end) {
    if (isLeftBehind(path, systemClock.now())) rmSync(path, { force: true });
    else Atomics.wait(turn, 0, 0, wait);
    wait = Math.min(MOST_TURN_MS, wait * 1.5);
    held = take(path);
  }
  try {
    return deed();
  } finally {
    if (held) rmSync(path, { force: true });
  }
}
