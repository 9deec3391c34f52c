import { messageOf } from "../../../../platform/errors/index.ts";
import type { Priority, TaskState } from "../../../../vocabulary/task.ts";
import { decodeSource } from "./decode-source.ts";
import { fieldsBeside, textOf, textsOf } from "./field-values.ts";
import { ImportNotes } from "./import-notes.ts";
import { priorityOfLabel } from "./priority-of.ts";
import { readBlockers } from "./read-blockers.ts";
import { isAcceptance, readSections, type Section } from "./read-sections.ts";
import type { Place, ReadTasks, SourceFile, SourceTask } from "./source-task.ts";
import { type JsonPiece, splitJson } from "./split-json.ts";

type Row = Readonly<Record<string, unknown>>;

/** Fields that have a place of their own. Names: `gh issue list --json` and GitHub's REST list of issues. */
const KNOWN = new Set(
  "number title body state stateReason state_reason labels assignees assignee url html_url closed".split(" "),
);
/** Addresses and counts of GitHub's own, of which the page has the live ones. */
const NOISE = /_url$|^(?:id|node_id|user|reactions|reactionGroups|performed_via_github_app|comments)$/;
const MAX_DEPTH = 40;
/** How an issue is called here. */
export const GITHUB_PREFIX = "GH-";

function namesOf(value: unknown, key: string): string[] {
  const list = Array.isArray(value) ? value : [];
  return list.flatMap((each) => textOf(typeof each === "string" ? each : (each as Row | null)?.[key]) ?? []);
}

function outcomeOf(row: Row): { state: TaskState; reason: string | null } {
  const reason = (textOf(row.stateReason) ?? textOf(row.state_reason) ?? "").toLowerCase();
  const isClosed = textOf(row.state)?.toLowerCase() === "closed" || row.closed === true;
  if (!isClosed) return { state: "assigned", reason: null };
  if (reason === "not_planned" || reason === "duplicate")
    return { state: "cancelled", reason: `closed on GitHub as ${reason.replace("_", " ")}` };
  return { state: "completed", reason: "closed on GitHub" };
}

/** The highest priority that a label says. */
function priorityOfRow(labels: readonly string[]): Priority | null {
  const said = labels.flatMap((label) => priorityOfLabel(label) ?? []);
  return said.sort()[0] ?? null;
}

function assigneeOf(row: Row, place: Place, notes: ImportNotes): string | null {
  const [first = null, ...others] = namesOf(row.assignees, "login");
  if (others.length > 0) notes.changed(place, "only the first assignee is taken", others.join(", "));
  return first;
}

const isDone = ({ title }: Section): boolean => /^definition of done\b/i.test(title);

function payloadOf(row: Row, labels: readonly string[]): Record<string, unknown> {
  const rest = Object.entries(fieldsBeside(row, KNOWN)).filter(([key]) => !NOISE.test(key));
  return { ...Object.fromEntries(rest), ...(labels.length > 0 ? { labels } : {}) };
}

function taskOf(row: Row, place: Place, notes: ImportNotes): SourceTask | null {
  const [number, title] = [row.number, textOf(row.title)];
  if (!Number.isSafeInteger(number) || title === null) {
    notes.leftOut(place, `no ${title === null ? "title" : "number"}: gh issue list --json number,title,…`);
    return null;
  }
  if (row.pull_request !== undefined && row.pull_request !== null) {
    notes.leftOut(place, "a pull request, which GitHub lists among issues", `#${number}`);
    return null;
  }
  const body = textOf(row.body);
  const labels = namesOf(row.labels, "name");
  const sections = body === null ? [] : readSections(body);
  return {
    ...place,
    id: `${GITHUB_PREFIX}${number}`,
    title,
    description: body,
    acceptance: sections.filter((each) => isAcceptance(each) || isDone(each)).flatMap(({ items }) => items),
    priority: priorityOfRow(labels),
    ...outcomeOf(row),
    assignee: assigneeOf(row, place, notes),
    estimateMinutes: null,
    due: null,
    dependsOn: body === null ? [] : readBlockers(body).map((blocker) => `${GITHUB_PREFIX}${blocker}`),
    links: textsOf(row.html_url ?? row.url),
    paths: [],
    payload: payloadOf(row, labels),
  };
}

function rowOf(piece: JsonPiece, place: Place, notes: ImportNotes): Row | null {
  if (piece.depth > MAX_DEPTH) {
    notes.leftOut(place, `nested deeper than ${MAX_DEPTH} levels`);
    return null;
  }
  try {
    return JSON.parse(piece.text) as Row;
  } catch (error) {
    notes.leftOut(place, "not JSON", messageOf(error));
    return null;
  }
}

/** Reads GitHub issues as `gh issue list --json …` and the REST list of issues write them. */
export function readGithub(file: SourceFile): ReadTasks {
  const notes = new ImportNotes();
  const pieces = splitJson(decodeSource(file, notes) ?? "");
  if (pieces.length === 0 && notes.notes.length === 0 && file.content.toString().trim() !== "[]")
    notes.leftOut({ file: file.name, line: 1 }, "no JSON objects are in it");
  const tasks = pieces.flatMap((piece) => {
    const place = { file: file.name, line: piece.line };
    const row = rowOf(piece, place, notes);
    return (row && taskOf(row, place, notes)) ?? [];
  });
  return { tasks, notes: notes.notes };
}
