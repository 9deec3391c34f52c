import type { TaskState } from "../../../../vocabulary/task.ts";
import { columnsOf, type TaskColumn } from "./csv-columns.ts";
import { decodeSource } from "./decode-source.ts";
import { minutesOf, textOf, timeOf } from "./field-values.ts";
import { ImportNotes } from "./import-notes.ts";
import { priorityOf } from "./priority-of.ts";
import type { Place, ReadTasks, SourceFile, SourceTask } from "./source-task.ts";
import { type CsvRow, splitCsv } from "./split-csv.ts";
import { stateOf } from "./state-of.ts";

/** The cells of one row: by our word, and those of other columns by theirs. */
interface Cells {
  known: Partial<Record<TaskColumn, string>>;
  others: Record<string, string>;
}

/** Spreadsheets put several values into a cell with these between. */
const listOf = (cell: string | undefined, between: RegExp): string[] =>
  (cell ?? "").split(between).flatMap((each) => each.trim() || []);

function cellsOf(row: CsvRow, columns: readonly (TaskColumn | string)[], known: ReadonlySet<string>): Cells {
  const cells: Cells = { known: {}, others: {} };
  for (const [index, column] of columns.entries()) {
    const cell = row.cells[index]?.trim() ?? "";
    if (cell === "") continue;
    if (known.has(column)) cells.known[column as TaskColumn] = cell;
    else cells.others[column] = cell;
  }
  return cells;
}

/** What the reader understands of a cell; a cell that it does not understand is noted and kept as it stands. */
function understand<T>(
  { known, others }: Cells,
  column: TaskColumn,
  read: (cell: string) => T | null,
  note: (column: string, cell: string) => void,
): T | null {
  const cell = known[column];
  if (cell === undefined) return null;
  const value = read(cell);
  if (value !== null) return value;
  note(column, cell);
  others[column] = cell;
  return null;
}

function taskOf(cells: Cells, place: Place, notes: ImportNotes): SourceTask | null {
  const { known, others } = cells;
  if (known.id === undefined || known.title === undefined) {
    notes.leftOut(place, `no ${known.id === undefined ? "id" : "title"}`);
    return null;
  }
  const note = (column: string, cell: string) =>
    notes.changed(place, `a ${column} that is not understood goes into the payload`, cell);
  const state = understand<TaskState>(cells, "state", stateOf, note);
  const [priority, estimateMinutes, due] = [
    understand(cells, "priority", priorityOf, note),
    understand(cells, "estimate", minutesOf, note),
    understand(cells, "due", timeOf, note),
  ];
  return {
    ...place,
    id: known.id,
    title: known.title,
    description: textOf(known.description),
    acceptance: listOf(known.acceptance, /[\r\n;]+/),
    priority,
    state: state ?? "assigned",
    reason: textOf(known.reason),
    assignee: textOf(known.assignee)?.replace(/^@/, "") ?? null,
    estimateMinutes,
    due,
    dependsOn: listOf(known.dependsOn, /[,;\r\n]+/),
    links: listOf(known.links, /[\s,;]+/),
    paths: listOf(known.paths, /[,;\r\n]+/),
    payload: others,
  };
}

/** Reads a table with a header row, as spreadsheets and trackers export it. */
export function readCsv(file: SourceFile): ReadTasks {
  const notes = new ImportNotes();
  const [header, ...rows] = splitCsv(decodeSource(file, notes) ?? "", file.name, notes);
  const place = { file: file.name, line: header?.line ?? 1 };
  const { columns, known, problem } = columnsOf(header?.cells ?? []);
  if (header === undefined || rows.length === 0 || problem !== null) {
    const why = header === undefined ? "the file is empty" : (problem ?? "no row below the header");
    if (notes.notes.length === 0) notes.leftOut(place, why);
    return { tasks: [], notes: notes.notes };
  }
  const tasks = rows.flatMap(
    (row) => taskOf(cellsOf(row, columns, known), { file: file.name, line: row.line }, notes) ?? [],
  );
  return { tasks, notes: notes.notes };
}
