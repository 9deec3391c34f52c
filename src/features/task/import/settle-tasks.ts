import { cutCircles } from "./find-circles.ts";
import { identify } from "./identify.ts";
import { ImportNotes } from "./readers/import-notes.ts";
import type { ImportNote, ReadTasks, SourceTask } from "./readers/source-task.ts";
import { settleTask, type TaskToImport } from "./settle-task.ts";

/** What is on the server already. */
export interface ImportGround {
  /** Identifiers of the fleet's tasks. */
  tasks: ReadonlySet<string>;
  /** Names of its agents. */
  agents: ReadonlySet<string>;
}

/** Tasks that the server can take, those that others wait for first, and what a person should know. */
export interface SettledTasks {
  tasks: TaskToImport[];
  notes: ImportNote[];
}

/** What the server takes (fields/contract.ts). */
const MAX_DEPENDENCIES = 500;

/** The number of `BACK-24.1` and `task-24.1`: trackers change their prefix and leave old dependencies as they were. */
const numberOf = (id: string): string => /(\d[\d.]*)$/.exec(id)?.[1] ?? "";

/** One row for each identifier; a later one of the same name is left out. */
function distinct(tasks: readonly SourceTask[], notes: ImportNotes): Map<string, SourceTask> {
  const byId = new Map<string, SourceTask>();
  for (const task of tasks) {
    const id = identify(task.id);
    const first = byId.get(id);
    if (first === undefined) byId.set(id, task);
    else
      notes.leftOut(task, "an identifier that stands twice", `${id}: first at ${first.file}:${first.line}`);
    if (first === undefined && id !== task.id) notes.changed(task, "an identifier is written otherwise", id);
  }
  return byId;
}

/** Finds what a dependency names: as written, without case, or by its number where only one task has it. */
function finder(ids: readonly string[], { tasks }: ImportGround): (named: string) => string | null {
  const exact = new Set(ids);
  const lower = new Map(ids.map((id) => [id.toLowerCase(), id]));
  const byNumber = new Map<string, string | null>();
  for (const id of ids) byNumber.set(numberOf(id), byNumber.has(numberOf(id)) ? null : id);
  return (named) => {
    const id = identify(named);
    if (exact.has(id) || tasks.has(id)) return id;
    const number = /^[a-z]*-?(\d[\d.]*)$/i.exec(id)?.[1];
    return lower.get(id.toLowerCase()) ?? (number === undefined ? null : (byNumber.get(number) ?? null));
  };
}

function dependenciesOf(
  task: SourceTask,
  id: string,
  find: (named: string) => string | null,
  notes: ImportNotes,
): Set<string> {
  const found = new Set<string>();
  for (const named of task.dependsOn) {
    const to = find(named);
    if (to === null)
      notes.changed(task, "a dependency that is neither here nor on the server is left out", named);
    else if (to === id) notes.changed(task, "a task that waits for itself no longer does", named);
    else if (found.size >= MAX_DEPENDENCIES)
      notes.changed(task, "over 500 dependencies: the rest is left out", named);
    else found.add(to);
  }
  return found;
}

/** What others wait for comes first, so that a part of a long import stands on the parts before it. */
function inOrder(graph: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const order = new Set<string>();
  for (const start of graph.keys()) {
    const open = [start];
    while (open.length > 0) {
      const id = open.at(-1) ?? "";
      const before = [...(graph.get(id) ?? [])].filter((each) => graph.has(each) && !order.has(each));
      for (const each of before) open.push(each);
      if (before.length === 0) order.add(open.pop() ?? "");
    }
  }
  return [...order];
}

/** Brings what readers found into a form that the server takes whole. */
export function settleTasks(read: readonly ReadTasks[], ground: ImportGround): SettledTasks {
  const notes = new ImportNotes();
  const byId = distinct(
    read.flatMap(({ tasks }) => tasks),
    notes,
  );
  const find = finder([...byId.keys()], ground);
  const graph = new Map([...byId].map(([id, task]) => [id, dependenciesOf(task, id, find, notes)]));
  for (const { from, to, path } of cutCircles(graph)) {
    const task = byId.get(from);
    if (task) notes.changed(task, "a dependency that closes a circle is left out", [...path, to].join(" → "));
  }
  const tasks = inOrder(graph).flatMap((id) => {
    const task = byId.get(id);
    return task
      ? [{ ...settleTask(task, id, ground.agents, notes), depends_on: [...(graph.get(id) ?? [])] }]
      : [];
  });
  return { tasks, notes: [...read.flatMap((each) => each.notes), ...notes.notes] };
}
