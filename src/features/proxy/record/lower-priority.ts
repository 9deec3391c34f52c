import { readlinkSync } from "node:fs";
import { setPriority } from "node:os";
import { systemCode } from "../../../platform/errors/index.ts";

const LOW = 10;

/**
 * Lets this thread, and no other of the process, run when nobody else wants to. Linux knows a priority for each thread
 * (sched(7)); where it cannot be had the thread runs like any other.
 */
export function lowerPriority(): void {
  if (process.platform !== "linux") return;
  try {
    const thread = Number(readlinkSync("/proc/thread-self").split("/").at(-1));
    if (thread > 0 && thread !== process.pid) setPriority(thread, LOW);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
  }
}
