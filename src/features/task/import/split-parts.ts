import { Buffer } from "node:buffer";
import type { TaskToImport } from "./settle-task.ts";

/** What one call takes (import/contract.ts), with room for what is around the tasks. */
const MAX_TASKS = 2_000;
const MAX_BYTES = 12 << 20;

/** Cuts a long import into calls, in order: what others wait for comes before them. */
export function splitParts(
  tasks: readonly TaskToImport[],
  { maxTasks, maxBytes } = { maxTasks: MAX_TASKS, maxBytes: MAX_BYTES },
): TaskToImport[][] {
  const parts: TaskToImport[][] = [];
  let bytes = 0;
  for (const task of tasks) {
    const size = Buffer.byteLength(JSON.stringify(task));
    const last = parts.at(-1);
    if (last === undefined || last.length >= maxTasks || bytes + size > maxBytes) {
      parts.push([task]);
      bytes = size;
    } else {
      last.push(task);
      bytes += size;
    }
  }
  return parts;
}
