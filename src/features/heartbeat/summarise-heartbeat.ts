import { formatDuration } from "../../vocabulary/duration.ts";
import type { HeartbeatFacts } from "./facts.ts";

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}

/** What the range adds, in one sentence. */
export function summariseHeartbeat({ tasks, span }: HeartbeatFacts, requiredAfter: number): string {
  const length = span === null ? 0 : span.end - span.start;
  const work = length === 0 ? "" : `; the work spans ${formatDuration(length)}`;
  const beats = tasks.reduce((sum, task) => sum + task.beats.filter(({ added }) => added).length, 0);
  if (beats === 0) {
    const needed = length <= requiredAfter ? `, and none needed under ${formatDuration(requiredAfter)}` : "";
    return `no beats added${needed}${work}`;
  }
  const agents = new Set(tasks.map(({ agent }) => agent)).size;
  return `${count(beats, "beat")} added by ${count(agents, "agent")} on ${count(tasks.length, "task")}${work}`;
}
