import type { TaskState } from "../../../../vocabulary/task.ts";
import { decodeSource } from "./decode-source.ts";
import { fieldsBeside, textOf, textsOf, timeOf } from "./field-values.ts";
import { ImportNotes } from "./import-notes.ts";
import { priorityOf } from "./priority-of.ts";
import { readFrontMatter } from "./read-front-matter.ts";
import { isAcceptance, readSections, type Section } from "./read-sections.ts";
import type { Place, ReadTasks, SourceFile, SourceTask } from "./source-task.ts";
import { stateOf } from "./state-of.ts";

type Row = Readonly<Record<string, unknown>>;

/** Fields that have a place of their own; the rest is payload. Names: Backlog.md, src/markdown/parser.ts. */
const KNOWN = new Set("id title status assignee priority dependencies due_date references".split(" "));
/** Backlog.md's sections begin at this level; deeper headings belong to their text. */
const SECTION_LEVEL = 2;

function stateOfRow(row: Row, place: Place, notes: ImportNotes): TaskState {
  const word = textOf(row.status) ?? "To Do";
  const state = stateOf(word);
  if (state === null) notes.changed(place, "an unknown status becomes assigned", word);
  return state ?? "assigned";
}

function priorityOfRow(row: Row, place: Place, notes: ImportNotes): SourceTask["priority"] {
  const word = textOf(row.priority);
  const priority = word === null ? null : priorityOf(word);
  if (word !== null && priority === null) notes.changed(place, "an unknown priority is left open", word);
  return priority;
}

/** The first of several; Backlog.md writes names with an at sign. */
function assigneeOf(row: Row, place: Place, notes: ImportNotes): string | null {
  const [first = null, ...others] = textsOf(row.assignee).map((name) => name.replace(/^@/, ""));
  if (others.length > 0) notes.changed(place, "only the first assignee is taken", others.join(", "));
  return first;
}

function dueOf(row: Row, place: Place, notes: ImportNotes): string | null {
  const due = timeOf(row.due_date);
  const word = textOf(row.due_date);
  if (due === null && word !== null) notes.changed(place, "a due date that is no date is left out", word);
  return due;
}

const isAddress = (text: string): boolean => /^https?:\/\//.test(text);
const isDescription = ({ title }: Section): boolean => /^description\b/i.test(title);

/** Sections that have no place of their own, by heading. */
function otherSections(sections: readonly Section[], hasDescription: boolean): Record<string, string> {
  const rest = sections.filter(
    (section) =>
      section.text !== "" &&
      !isDescription(section) &&
      !isAcceptance(section) &&
      (hasDescription || section.title !== ""),
  );
  return Object.fromEntries(rest.map(({ title, text }) => [title || "Preface", text]));
}

function taskOf(row: Row, body: string, place: Place, notes: ImportNotes): SourceTask | null {
  const [id, title] = [textOf(row.id), textOf(row.title)];
  if (id === null || title === null) {
    notes.leftOut(place, `no ${id === null ? "id" : "title"} in the front matter`);
    return null;
  }
  const sections = readSections(body, SECTION_LEVEL);
  const described = sections.find(isDescription);
  const references = textsOf(row.references);
  const others = otherSections(sections, described !== undefined);
  const files = references.filter((each) => !isAddress(each));
  return {
    ...place,
    id,
    title,
    description: textOf(described?.text ?? sections[0]?.text),
    acceptance: sections.filter(isAcceptance).flatMap(({ items }) => items),
    priority: priorityOfRow(row, place, notes),
    state: stateOfRow(row, place, notes),
    reason: null,
    assignee: assigneeOf(row, place, notes),
    estimateMinutes: null,
    due: dueOf(row, place, notes),
    dependsOn: textsOf(row.dependencies),
    links: references.filter(isAddress),
    paths: [],
    payload: {
      ...fieldsBeside(row, KNOWN),
      ...(files.length > 0 ? { references: files } : {}),
      ...(Object.keys(others).length > 0 ? { sections: others } : {}),
    },
  };
}

/** Reads one task file of Backlog.md (`backlog/tasks/*.md`). */
export function readBacklog(file: SourceFile): ReadTasks {
  const notes = new ImportNotes();
  const text = decodeSource(file, notes);
  const read = text === null ? null : readFrontMatter(text, file.name, notes);
  const task = read && taskOf(read.fields, read.body, { file: file.name, line: 1 }, notes);
  return { tasks: task ? [task] : [], notes: notes.notes };
}
