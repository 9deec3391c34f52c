import type { CommandContext } from "../../../platform/terminal/index.ts";
import { formatDuration } from "../../../vocabulary/duration.ts";
import { parseTimestamp } from "../../../vocabulary/timestamp.ts";
import type { TaskSummary } from "../fields/contract.ts";

/** Where a task stands, in the words of a list. */
export type Standing = "ready" | "waits" | "in progress" | "blocked" | "completed" | "cancelled";

export const STANDING_COLOUR = {
  ready: "green",
  waits: "dim",
  "in progress": "cyan",
  blocked: "yellow",
  completed: "dim",
  cancelled: "dim",
} as const satisfies Record<Standing, string>;

export function standingOf({ state, ready }: Pick<TaskSummary, "state" | "ready">): Standing {
  if (state === "assigned") return ready ? "ready" : "waits";
  return state === "in_progress" ? "in progress" : state;
}

/** The standing with what a reader asks next: on how many it waits, what blocks it. */
export function describeStanding(
  task: Pick<TaskSummary, "state" | "ready" | "open_dependencies" | "block">,
): string {
  const standing = standingOf(task);
  if (standing === "waits" && task.open_dependencies > 0) return `waits for ${task.open_dependencies}`;
  return standing === "blocked" && task.block ? `blocked: ${task.block.type}` : standing;
}

/** `in 2 h`, `3 d ago`; the text itself where it is no time. */
export function describeTime(time: string | null, { clock }: Pick<CommandContext, "clock">): string {
  const instant = time === null ? null : parseTimestamp(time);
  if (instant === null) return time ?? "–";
  const away = instant - clock.now();
  return away >= 0 ? `in ${formatDuration(away)}` : `${formatDuration(away)} ago`;
}

/** Minutes as people say them. */
export function describeMinutes(minutes: number): string {
  return formatDuration(minutes * 60_000);
}

/** Who has it, or may have it. */
export function describeOwner({ holder, assignee }: Pick<TaskSummary, "holder" | "assignee">): string {
  return holder ?? (assignee === null ? "–" : `(${assignee})`);
}

/** `40 %`, with the note where there is one. */
export function describeProgress({
  progress,
  progress_note,
}: Pick<TaskSummary, "progress" | "progress_note">): string {
  return [progress === null ? null : `${progress} %`, progress_note].filter(Boolean).join(" ") || "–";
}
