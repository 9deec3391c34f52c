import { relative } from "node:path";
import {
  type CommandContext,
  paintFor,
  printable,
  renderTable,
  shorten,
} from "../../../platform/terminal/index.ts";
import { groupNotes, type NoteGroup } from "../import/group-notes.ts";
import type { ImportNote } from "../import/readers/source-task.ts";
import type { TaskToImport } from "../import/settle-task.ts";

export interface ImportReport {
  dry_run: boolean;
  tasks: readonly { id: string; outcome: string; fields: readonly string[]; why: string | null }[];
  notes: readonly ImportNote[];
}

/** So many tasks are shown one by one, and so many places of each note; `--json` has them all. */
const MOST_TASKS = 20;
const MOST_PLACES = 3;
const MIN_TITLE = 20;
const COLOURS = { added: "green", changed: "yellow", unchanged: "dim", skipped: "dim" } as const;

function countOf(report: ImportReport): string {
  const counts = Object.keys(COLOURS).flatMap((outcome) => {
    const count = report.tasks.filter((task) => task.outcome === outcome).length;
    return count === 0 ? [] : [`${count} ${outcome}`];
  });
  const left = report.notes.filter(({ kind }) => kind === "left-out").length;
  return [...counts, ...(left === 0 ? [] : [`${left} left out`])].join(", ") || "nothing";
}

/** What is new or differs comes first; what stays as it is needs no row. */
function taskRows(report: ImportReport, tasks: readonly TaskToImport[], context: CommandContext): string[] {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const moving = report.tasks.filter(({ outcome }) => outcome !== "unchanged");
  const shown = moving.slice(0, MOST_TASKS);
  if (shown.length === 0) return [];
  const cells = shown.map(({ id, outcome, fields, why }) => {
    const task = byId.get(id);
    const waits = task?.depends_on?.length ?? 0;
    const said = why ?? (fields.length > 0 ? `differs: ${fields.join(", ")}` : (task?.title ?? ""));
    return [
      outcome,
      id,
      task?.priority ?? "P2",
      task?.state ?? "assigned",
      waits === 0 ? "–" : String(waits),
      said,
    ];
  });
  const used = [0, 1, 2, 3, 4].reduce(
    (sum, at) => sum + 2 + Math.max(6, ...cells.map((row) => row[at]?.length ?? 0)),
    0,
  );
  const room = Math.max(MIN_TITLE, context.columns - used);
  const rows = cells.map((row) => [...row.slice(0, -1), shorten(printable(row.at(-1) ?? ""), room)]);
  const table = renderTable(["", "task", "pri", "state", "waits", "title"], rows).trimEnd();
  const rest = moving.length - shown.length;
  return [rest > 0 ? `${table}\n… and ${rest} more: --json` : table];
}

function placeOf({ file, line, detail }: ImportNote, cwd: string): string {
  const near = relative(cwd, file);
  const place = `${near.length < file.length ? near : file}:${line}`;
  return detail === undefined ? place : `${place} (${detail})`;
}

function noteLines({ kind, message, notes }: NoteGroup, context: CommandContext): string {
  const paint = paintFor(context.colour);
  const mark = kind === "left-out" ? paint("red", "left out") : paint("yellow", "changed ");
  const places = notes
    .slice(0, MOST_PLACES)
    .map((note) => `\n             ${printable(placeOf(note, context.cwd))}`);
  const rest = notes.length - places.length;
  return `${mark} ${String(notes.length).padStart(3)}  ${printable(message)}${places.join("")}${rest > 0 ? `\n             … and ${rest} more` : ""}`;
}

/** What an import did or would do: the count, the tasks, and what does not arrive as it stood. */
export function renderImport(
  report: ImportReport,
  tasks: readonly TaskToImport[],
  context: CommandContext,
): string {
  const paint = paintFor(context.colour);
  const mark = report.tasks.length === 0 ? paint("red", "✖") : paint("green", "✔");
  const head = report.dry_run ? `would be: ${countOf(report)}; nothing is written` : countOf(report);
  const notes = groupNotes(report.notes).map((group) => noteLines(group, context));
  return `${[`${mark} ${head}`, ...taskRows(report, tasks, context), notes.join("\n")].filter(Boolean).join("\n\n")}\n`;
}
