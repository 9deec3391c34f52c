import { appendBeat } from "../../heartbeat/index.ts";

/** The task's estimate against what needs a heartbeat. A task without an estimate may last. */
export function needsHeartbeat(estimateMinutes: number | null, requiredAfter: number): boolean {
  return estimateMinutes !== null && estimateMinutes * 60_000 > requiredAfter;
}

/** The first beat of a task. Returns the file that it stands in. */
export async function beginHeartbeat(cwd: string, agent: string, task: string, now: number): Promise<string> {
  return (await appendBeat(cwd, { agent, task, status: "doing", progress: "started" }, now)).path;
}
