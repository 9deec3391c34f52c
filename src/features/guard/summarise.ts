import { formatDuration } from "../../vocabulary/duration.ts";
import type { EvidenceFacts } from "../evidence/index.ts";
import type { HeartbeatFacts, TaskBeats } from "../heartbeat/index.ts";
import type { Facts } from "./gather-facts.ts";

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** How many beats the range brought. */
export function countAddedBeats(tasks: readonly TaskBeats[]): number {
  return tasks.reduce((sum, { beats }) => sum + beats.filter(({ added }) => added).length, 0);
}

/** The files that hold the beats which the range brought, in path order. */
export function beatFiles(tasks: readonly TaskBeats[]): string[] {
  const added = tasks.flatMap(({ beats }) => beats.filter((beat) => beat.added).map((beat) => beat.file));
  return [...new Set(added)].sort();
}

/** One sentence of guard-mcp: what the record shows. */
export function summariseEvidence(facts: Facts, { newLines, tools }: EvidenceFacts): string {
  const code = counted(facts.changedCode.length, "code file");
  const named = tools.length > 0 ? ` (${tools.slice(0, 5).join(", ")}${tools.length > 5 ? ", …" : ""})` : "";
  return `${code} changed, ${counted(newLines, "valid evidence line")} added${named}`;
}

/** One sentence of idle-guard: what the record shows. */
export function summariseHeartbeat(facts: Facts, { tasks }: HeartbeatFacts): string {
  const work =
    facts.span === 0 ? "the work is a single moment" : `the work spans ${formatDuration(facts.span)}`;
  return `${work}, ${counted(countAddedBeats(tasks), "beat")} on ${counted(tasks.length, "task")} added`;
}
