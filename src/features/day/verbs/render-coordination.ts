import { printable, shorten } from "../../../platform/terminal/index.ts";
import { formatDuration } from "../../../vocabulary/duration.ts";
import { parseTimestamp } from "../../../vocabulary/timestamp.ts";
import type { CiHealth } from "../../ci/live/index.ts";
import type { Survey } from "../contract.ts";

/** What is known of the team's work beside the checks. */
export interface Coordination {
  survey: Survey;
  /** Reservations that are held and waited for; null where that was not told. */
  reservations: { held: number; waiting: number } | null;
  ci: CiHealth | null;
}

const MAX_REASON = 80;

/** Lines of a section, each with a word in front; foreign text in them is made printable. */
export function coordinationLines(
  { survey, reservations, ci }: Coordination,
  now: number,
): [string, string][] {
  const ago = (time: string) => formatDuration(Math.max(0, now - (parseTimestamp(time) ?? now)));
  const more = (shown: number, count: number) =>
    count > shown ? [["", `and ${count - shown} more`] as [string, string]] : [];
  const { idle, blockers, waiting, unmoved, states } = survey;
  const lines: [string, string][] = [
    [
      "tasks",
      Object.entries(states)
        .map(([state, count]) => `${count} ${state.replace("_", " ")}`)
        .join(", ") || "none",
    ],
    [
      "idle",
      idle.count === 0
        ? "no agent is without a task"
        : `${idle.count} of ${survey.agents} agents hold no task: ${idle.names.join(", ")}`,
    ],
    ...more(idle.names.length, idle.count),
  ];
  if (blockers.count === 0) lines.push(["blocked", "nothing critical"]);
  for (const { task, priority, holder, type, reason, since, holds_up } of blockers.items)
    lines.push([
      "blocked",
      `${task} ${priority} of ${holder ?? "nobody"} for ${ago(since)}, ${type ?? "?"}: ${shorten(reason ?? "–", MAX_REASON)}${holds_up > 0 ? `; holds up ${holds_up}` : ""}`,
    ]);
  lines.push(...more(blockers.items.length, blockers.count));
  for (const { task, needs, never } of waiting.items.slice(0, 5))
    lines.push([
      "waits",
      `${task} for ${needs.join(", ")}${never.length > 0 ? `; cancelled, so never: ${never.join(", ")}` : ""}`,
    ]);
  lines.push(...more(Math.min(5, waiting.items.length), waiting.count));
  for (const { task, agent, last_at } of unmoved.slice(0, 10))
    lines.push(["unmoved", `${task} of ${agent}: nothing for ${ago(last_at)}`]);
  lines.push(...more(Math.min(10, unmoved.length), unmoved.length));
  if (reservations)
    lines.push(["shared", `${reservations.held} reservations held, ${reservations.waiting} waited for`]);
  if (ci) {
    const share = ci.runs === 0 ? "" : ` (${Math.round((ci.failed / ci.runs) * 100)} %)`;
    const worst = ci.causes.slice(0, 3).map(({ name, times }) => `${name} ${times}×`);
    const took = ci.median_seconds === null ? "" : `; median ${formatDuration(ci.median_seconds * 1_000)}`;
    lines.push([
      "ci",
      `${ci.failed} of ${ci.runs} runs failed in 7 days${share}${took}${worst.length > 0 ? `; most often ${worst.join(", ")}` : ""}; the bundler plugin failed ${ci.plugin}`,
    ]);
  }
  return lines.map(([word, text]) => [word, printable(text)]);
}
