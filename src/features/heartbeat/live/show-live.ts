import {
  type CommandContext,
  paintFor,
  printable,
  renderTable,
  shorten,
} from "../../../platform/terminal/index.ts";
import { formatDuration } from "../../../vocabulary/duration.ts";
import { LIVE_STATES, type LiveState } from "../../../vocabulary/live-state.ts";
import { parseTimestamp } from "../../../vocabulary/timestamp.ts";
import type { AgentState } from "./contract.ts";

const COLOURS: Record<LiveState, "red" | "yellow" | "green" | "dim"> = {
  offline: "red",
  stale: "red",
  late: "yellow",
  blocked: "yellow",
  waiting: "yellow",
  fresh: "green",
  done: "dim",
};
/** Who needs somebody stands first. */
const ORDER: readonly LiveState[] = ["stale", "offline", "late", "blocked", "waiting", "fresh", "done"];
const PROGRESS_WIDTH = 28;
const NARROW = 100;

const ago = (time: string, now: number): string =>
  formatDuration(Math.max(0, now - (parseTimestamp(time) ?? now)));

function doingOf({ active, waiting, progress }: AgentState, now: number): string {
  const until = (time: string) => `${formatDuration(Math.max(0, (parseTimestamp(time) ?? now) - now))} left`;
  if (waiting) return `waits for ${waiting.for}${waiting.until === null ? "" : `, ${until(waiting.until)}`}`;
  if (active) return `${active.tool}, ${until(active.until)}`;
  return progress ?? "–";
}

/** Agents as a table, those who need somebody first. */
export function renderLive(states: readonly AgentState[], now: number, context: CommandContext): string {
  const rows = [...states].sort(
    (a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || (a.agent < b.agent ? -1 : 1),
  );
  const isWide = context.columns >= NARROW;
  const head = ["state", "for", "agent", "task", "doing", ...(isWide ? ["progress"] : []), "last beat"];
  const cells = rows.map((row) => [
    row.state,
    ago(row.since, now),
    row.agent,
    row.task ?? "–",
    shorten(printable(doingOf(row, now)), PROGRESS_WIDTH),
    ...(isWide ? [`${ago(row.progressing_at, now)} ago`] : []),
    `${ago(row.alive_at, now)} ago`,
  ]);
  const paint = paintFor(context.colour);
  const [header = "", ...lines] = renderTable(head, cells).trimEnd().split("\n");
  const painted = lines.map((line, index) => {
    const state = rows[index]?.state ?? "done";
    return paint(COLOURS[state], line.slice(0, state.length)) + line.slice(state.length);
  });
  return `${[paint("bold", header), ...painted].join("\n")}\n`;
}

/** `3 fresh, 1 stale`, in the order of the states. */
export function countStates(states: readonly AgentState[]): string {
  const counts = LIVE_STATES.map(
    (state) => [states.filter((row) => row.state === state).length, state] as const,
  );
  return counts.flatMap(([count, state]) => (count === 0 ? [] : [`${count} ${state}`])).join(", ");
}
