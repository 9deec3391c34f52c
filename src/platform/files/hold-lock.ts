import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { Fault, messageOf, Refusal, systemCode } from "../errors/index.ts";

/** Does a process of this number run? One that belongs to somebody else may not be signalled, and runs. */
export function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return systemCode(error) === "EPERM";
  }
}

function ownerOf(path: string): number | null {
  try {
    const id = Number(readFileSync(path, "utf8"));
    return Number.isSafeInteger(id) && id > 0 ? id : null;
  } catch (error) {
    if (systemCode(error) === "ENOENT") return null;
    throw error;
  }
}

function take(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: "wx" });
    return true;
  } catch (cause) {
    if (systemCode(cause) === "EEXIST") return false;
    throw new Fault("FILE_FAILED", `${path} could not be written: ${messageOf(cause)}`, { cause });
  }
}

/**
 * Runs a task while no other process of this machine that asks for the same lock does. A lock whose process ended,
 * as after an interruption, is taken over.
 * @param what names the task for whoever has to wait
 * @throws Refusal REFUSED while another process holds it
 */
export async function holdLock<T>(path: string, what: string, task: () => Promise<T>): Promise<T> {
  if (!take(path)) {
    const owner = ownerOf(path);
    if (owner !== null && isRunning(owner)) {
      throw new Refusal("REFUSED", `${what} is under way in process ${owner}`, {
        hint: `wait for it; if process ${owner} is something else, rm ${path}`,
      });
    }
    rmSync(path, { force: true });
    if (!take(path)) throw new Refusal("REFUSED", `${what} is under way`, { hint: "wait for it" });
  }
  try {
    return await task();
  } finally {
    rmSync(path, { force: true });
  }
}
