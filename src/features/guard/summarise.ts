import type { EvidenceFacts } from "../evidence/index.ts";
import type { TaskBeats } from "../heartbeat/index.ts";
import type { Facts } from "./gather-facts.ts";

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** How many beats the range brought. */
export function countAddedBeats(tasks: readonly TaskBeats[]): number {
  return tasks.reduce((sum, { beats }) => sum + beats.filter(({ added }) => added).length, 0);
}

/** One sentence of guard-mcp: what the record shows. */
export function summariseEvidence(facts: Facts, { newLines, tools }: EvidenceFacts): string {
  const code = counted(facts.changedCode.length, "code file");
  const named = tools.length > 0 ? ` (${tools.slice(0, 5).join(", ")}${tools.length > 5 ? ", …" : ""})` : "";
  return `${code} changed, ${counted(newLines, "valid evidence line")} added${named}`;
}
