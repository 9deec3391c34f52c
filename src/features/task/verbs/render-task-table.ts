import {
  type CommandContext,
  paintFor,
  printable,
  renderTable,
  shorten,
} from "../../../platform/terminal/index.ts";
import type { TaskSummary } from "../fields/contract.ts";
import {
  describeOwner,
  describeStanding,
  describeTime,
  STANDING_COLOUR,
  standingOf,
} from "./describe-task.ts";

const MIN_TITLE = 24;
const MAX_OWNER = 20;

/** Columns that are there only where some row has something to say in them. */
function columnsOf(tasks: readonly TaskSummary[], context: CommandContext) {
  const columns: [string, (task: TaskSummary) => string][] = [
    ["state", describeStanding],
    ["task", ({ id }) => id],
    ["pri", ({ priority }) => priority],
    ["who", (task) => shorten(describeOwner(task), MAX_OWNER)],
  ];
  if (tasks.some(({ progress }) => progress !== null))
    columns.push(["done", ({ progress }) => (progress === null ? "–" : `${progress} %`)]);
  if (tasks.some(({ due_at }) => due_at !== null))
    columns.push(["due", ({ due_at }) => describeTime(due_at, context)]);
  return columns;
}

/** One row a task; titles are cut where the terminal ends, identifiers never. */
export function renderTaskTable(tasks: readonly TaskSummary[], context: CommandContext): string {
  const columns = columnsOf(tasks, context);
  const cells = tasks.map((task) => columns.map(([, cell]) => printable(cell(task))));
  const used = columns.reduce((width, [name], at) => {
    const widest = cells.reduce((most, row) => Math.max(most, row[at]?.length ?? 0), name.length);
    return width + widest + 2;
  }, 0);
  const room = Math.max(MIN_TITLE, context.columns - used);
  const rows = tasks.map(({ title }, at) => [...(cells[at] ?? []), shorten(printable(title), room)]);
  const paint = paintFor(context.colour);
  const [header = "", ...lines] = renderTable([...columns.map(([name]) => name), "title"], rows)
    .trimEnd()
    .split("\n");
  const painted = lines.map((line, at) => {
    const task = tasks[at];
    if (!task) return line;
    const state = describeStanding(task);
    return paint(STANDING_COLOUR[standingOf(task)], line.slice(0, state.length)) + line.slice(state.length);
  });
  return `${[paint("bold", header), ...painted].join("\n")}\n`;
}
