import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "../../platform/clock/index.ts";
import { systemCode } from "../../platform/errors/index.ts";
import { isRunning } from "../../platform/files/hold-lock.ts";

const TURN_MS = 2;
const PATIENCE_MS = 3_000;
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
    const owner = Number(readFileSync(path, "utf8"));
    const { mtimeMs } = statSync(path);
    if (now - mtimeMs > STALE_MS) return true;
    // Between being made and being filled it names nobody.
    return Number.isSafeInteger(owner) && owner > 0 && !isRunning(owner);
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
  let held = take(path);
  while (!held && performance.now() < end) {
    if (isLeftBehind(path, systemClock.now())) rmSync(path, { force: true });
    else Atomics.wait(turn, 0, 0, TURN_MS);
    held = take(path);
  }
  try {
    return deed();
  } finally {
    if (held) rmSync(path, { force: true });
  }
}
