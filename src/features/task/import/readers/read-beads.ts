import type { TaskState } from "../../../../vocabulary/task.ts";
import { JsonLines } from "../../../record/index.ts";
import { fieldsBeside, minutesOf, textOf, textsOf, timeOf } from "./field-values.ts";
import { ImportNotes } from "./import-notes.ts";
import { priorityOf } from "./priority-of.ts";
import { readCriteria } from "./read-sections.ts";
import type { Place, ReadTasks, SourceFile, SourceTask } from "./source-task.ts";
import { stateOf } from "./state-of.ts";

type Row = Readonly<Record<string, unknown>>;

/** Fields that have a place of their own; the rest is payload. Names: beads, internal/types/types.go. */
const KNOWN = new Set(
  "id title description acceptance_criteria status priority assignee estimated_minutes due_at dependencies external_ref close_reason _type".split(
    " ",
  ),
);
/** Of beads' kinds of dependency, those that hold work back (`IsBlockingEdge`). A parent waits for its children. */
const HOLDS_BACK = new Set(["blocks", "conditional-blocks", "waits-for"]);
/** Kinds of issue that are messages and machinery, not work. */
const NO_WORK = new Set(["message", "gate", "molecule", "event", "agent", "role", "convoy", "slot"]);
/** Beads counts one further than we do: 4 is its backlog. */
const BACKLOG = "4";

/** Why a line is no task of anybody's; null when it is one. */
function whyNoTask(row: Row): string | null {
  if (row._type !== undefined && row._type !== "issue") return "not an issue: it is beads' own";
  if (row.status === "tombstone") return "deleted in beads (a tombstone)";
  if (row.ephemeral === true || row.wisp === true) return "ephemeral in beads (a wisp)";
  if (row.is_template === true) return "a template of beads";
  if (NO_WORK.has(String(row.issue_type))) return "not work: a message or machinery of beads";
  return null;
}

function stateOfRow(row: Row, place: Place, notes: ImportNotes): TaskState {
  const word = textOf(row.status) ?? "open";
  if (word === "deferred" || word === "pinned") {
    notes.changed(place, `beads' ${word} becomes assigned`);
    return "assigned";
  }
  const state = stateOf(word);
  if (state === null) notes.changed(place, "an unknown status becomes assigned", word);
  return state ?? "assigned";
}

function priorityOfRow(row: Row, place: Place, notes: ImportNotes): SourceTask["priority"] {
  const word = textOf(row.priority);
  if (word === null) return null;
  if (word === BACKLOG) {
    notes.changed(place, "beads' priority 4 becomes P3");
    return "P3";
  }
  const priority = priorityOf(word);
  if (priority === null) notes.changed(place, "an unknown priority is left open", word);
  return priority;
}

interface Edges {
  dependsOn: string[];
  /** Relations that hold nothing back. */
  relations: { type: string; to: string }[];
}

function edgesOf(row: Row, place: Place, notes: ImportNotes): Edges {
  const edges: Edges = { dependsOn: [], relations: [] };
  const given = Array.isArray(row.dependencies) ? row.dependencies : [];
  for (const each of given) {
    const { depends_on_id: target, type = "blocks" } = (each ?? {}) as Row;
    const to = textOf(target);
    if (to === null)
      notes.changed(place, "a dependency without depends_on_id is left out", JSON.stringify(each));
    else if (HOLDS_BACK.has(String(type))) edges.dependsOn.push(to);
    else edges.relations.push({ type: String(type), to });
  }
  return edges;
}

function taskOf(row: Row, place: Place, notes: ImportNotes): SourceTask | null {
  const [id, title] = [textOf(row.id), textOf(row.title)];
  if (id === null || title === null) {
    notes.leftOut(place, `no ${id === null ? "id" : "title"}`);
    return null;
  }
  const { dependsOn, relations } = edgesOf(row, place, notes);
  const criteria = textOf(row.acceptance_criteria);
  const state = stateOfRow(row, place, notes);
  return {
    ...place,
    id,
    title,
    description: textOf(row.description),
    acceptance: criteria === null ? [] : readCriteria(criteria),
    priority: priorityOfRow(row, place, notes),
    state,
    reason: textOf(row.close_reason),
    assignee: textOf(row.assignee),
    estimateMinutes: minutesOf(row.estimated_minutes),
    due: timeOf(row.due_at),
    dependsOn,
    links: textsOf(row.external_ref),
    paths: [],
    payload: { ...fieldsBeside(row, KNOWN), ...(relations.length > 0 ? { relations } : {}) },
  };
}

/** Reads the JSON lines of beads (`.beads/issues.jsonl`, `bd export`). */
export function readBeads({ name, content }: SourceFile): ReadTasks {
  const notes = new ImportNotes();
  const tasks: SourceTask[] = [];
  const lines = new JsonLines({
    object(row, line) {
      const place = { file: name, line };
      const reason = whyNoTask(row);
      if (reason !== null) return notes.leftOut(place, reason, textOf(row.id) ?? undefined);
      const task = taskOf(row, place, notes);
      if (task !== null) tasks.push(task);
    },
    problem: ({ line, message }) => notes.leftOut({ file: name, line }, message),
  });
  lines.write(content);
  lines.end();
  return { tasks, notes: notes.notes };
}
