import { Buffer } from "node:buffer";
import type { CallOf } from "../../../platform/endpoint/index.ts";
import type { importTasks } from "./contract.ts";
import type { ImportNotes } from "./readers/import-notes.ts";
import type { SourceTask } from "./readers/source-task.ts";
import { depthOf, storableJson, storableText } from "./storable.ts";

/** A task as the server takes it. */
export type TaskToImport = NonNullable<CallOf<typeof importTasks>["body"]>["tasks"][number];

/** What the server takes (fields/contract.ts). */
const MAX = {
  title: 300,
  description: 20_000,
  criterion: 2_000,
  criteria: 100,
  path: 500,
  paths: 200,
  link: 1_000,
  links: 50,
  reason: 2_000,
  minutes: 525_600,
  payload: 32_768,
  depth: 40,
} as const;

/** Puts a task's values into the server's bounds; what does not fit is noted, and kept in the payload as far as it goes. */
class Fitting {
  readonly payload: Record<string, unknown>;
  readonly #task: SourceTask;
  readonly #notes: ImportNotes;

  constructor(task: SourceTask, notes: ImportNotes) {
    this.#task = task;
    this.#notes = notes;
    this.payload = this.#kept();
  }

  #note(message: string, detail?: string): void {
    this.#notes.changed(this.#task, message, detail);
  }

  #kept(): Record<string, unknown> {
    const fields = Object.entries(this.#task.payload).filter(([key, value]) => {
      const fits = depthOf(value) <= MAX.depth;
      if (!fits) this.#note(`a field nested deeper than ${MAX.depth} levels is left out`, key);
      return fits;
    });
    return storableJson(Object.fromEntries(fields)) as Record<string, unknown>;
  }

  text(text: string, max: number, what: string): string {
    const clean = storableText(text);
    if (clean !== text) this.#note(`characters of ${what} that no database keeps become \uFFFD`);
    if (clean.length <= max) return clean;
    this.#note(`${what} is cut after ${max} characters`);
    return storableText(`${clean.slice(0, max - 1)}…`);
  }

  list(texts: readonly string[], most: number, max: number, what: string): string[] {
    const taken = texts.slice(0, most).map((each) => this.text(each, max, `one of the ${what}`));
    const rest = texts.slice(most);
    if (rest.length > 0) {
      this.#note(`over ${most} ${what}: the rest goes into the payload`, `${rest.length}`);
      this.payload[`more_${what}`] = rest.map(storableText);
    }
    return taken;
  }

  /** Addresses that the server takes; others go into the payload. */
  links(links: readonly string[]): { kind: "issue" | "pull_request" | "other"; url: string }[] {
    const isLink = (link: string) =>
      URL.canParse(link) && /^https?:\/\//.test(link) && link.length <= MAX.link;
    const others = links.filter((link) => !isLink(link));
    if (others.length > 0) this.payload.references = others.map(storableText);
    return this.list(links.filter(isLink), MAX.links, MAX.link, "links").map((url) => ({
      kind: /\/issues\/\d+/.test(url)
        ? "issue"
        : /\/pull\/\d+|\/merge_requests\/\d+/.test(url)
          ? "pull_request"
          : "other",
      url,
    }));
  }

  minutes(minutes: number | null): number | null {
    if (minutes === null || (minutes >= 1 && minutes <= MAX.minutes)) return minutes;
    if (minutes !== 0) this.#note("an estimate beyond a year is left out", `${minutes} minutes`);
    return null;
  }

  /** The payload, without its longest fields where it is too long. */
  fitted(): Record<string, unknown> {
    const fields = Object.entries(this.payload).sort(
      ([, a], [, b]) => JSON.stringify(a).length - JSON.stringify(b).length,
    );
    const isLong = () => Buffer.byteLength(JSON.stringify(Object.fromEntries(fields))) > MAX.payload;
    while (fields.length > 0 && isLong()) {
      const [key = ""] = fields.pop() ?? [];
      this.#note("a field too long for the payload is left out", key);
    }
    return Object.fromEntries(fields);
  }
}

const isOpen = (task: SourceTask): boolean => task.state !== "completed" && task.state !== "cancelled";

/** A claim is never imported: nobody here holds the task. What it was stays in the payload. */
function stateOf(
  task: SourceTask,
  fitting: Fitting,
  notes: ImportNotes,
): "assigned" | "completed" | "cancelled" {
  if (task.state === "completed" || task.state === "cancelled") return task.state;
  if (task.state !== "assigned") {
    notes.changed(task, `${task.state.replace("_", " ")} becomes assigned: nobody here has claimed it yet`);
    fitting.payload.state = task.state;
  }
  return "assigned";
}

/**
 * The task as the server takes it.
 * @param id its identifier here
 * @param agents names of the fleet's agents: only they can have tasks
 */
export function settleTask(
  task: SourceTask,
  id: string,
  agents: ReadonlySet<string>,
  notes: ImportNotes,
): Omit<TaskToImport, "depends_on"> {
  const fitting = new Fitting(task, notes);
  const { description, reason, assignee, priority, due } = task;
  if (id !== task.id) fitting.payload.id = storableText(task.id);
  const isKnown = assignee !== null && agents.has(assignee);
  if (assignee !== null && !isKnown) {
    if (isOpen(task))
      notes.changed(task, "whoever has it is no agent of this fleet: it is left to all", assignee);
    fitting.payload.assignee = storableText(assignee);
  }
  const estimate = fitting.minutes(task.estimateMinutes);
  const settled = {
    id,
    title: fitting.text(task.title.replaceAll(/\s+/g, " "), MAX.title, "the title"),
    state: stateOf(task, fitting, notes),
    ...(description === null
      ? {}
      : { description: fitting.text(description, MAX.description, "the description") }),
    criteria: fitting.list(task.acceptance, MAX.criteria, MAX.criterion, "criteria"),
    paths: fitting.list(task.paths, MAX.paths, MAX.path, "paths"),
    ...(priority === null ? {} : { priority }),
    ...(estimate === null ? {} : { estimate }),
    ...(due === null ? {} : { due_at: due }),
    links: fitting.links(task.links),
    ...(isKnown ? { assignee } : {}),
    ...(reason === null ? {} : { reason: fitting.text(reason, MAX.reason, "the reason") }),
  };
  return { ...settled, payload: fitting.fitted() };
}
