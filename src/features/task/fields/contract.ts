import { z } from "zod";
import { instant, json, name, text } from "../../../platform/endpoint/index.ts";
import { parseDuration } from "../../../vocabulary/duration.ts";
import { BLOCK_TYPES, PRIORITIES, TASK_STATES } from "../../../vocabulary/task.ts";

/** Words that stand in addresses where an identifier would. */
const RESERVED = new Set([".", "..", "next", "settings", "import", "assign", "events"]);

/** The identifier of a task: free-form, such as `ENG-042` or `ENG-GA-MCP-CLEANUP`. */
export const taskId = name(128).refine((id) => !RESERVED.has(id), "is a word of the interface");

/** The name of an agent. */
export const agentName = name(64);

/** The fence that a claim answered; every later write of the holder carries it. */
export const fence = z.int().min(1).meta({ description: "The fence that the claim answered." });

const YEAR_MINUTES = 525_600;
/** Minutes, or a duration such as `"2h30m"`. */
export const estimate = z.union([
  z.int().min(1).max(YEAR_MINUTES),
  z
    .string()
    .max(32)
    .refine((value) => {
      const ms = parseDuration(value);
      return ms !== null && ms >= 60_000 && ms <= YEAR_MINUTES * 60_000;
    }, "is minutes, or a duration from 1m to a year such as 2h30m"),
]);

const criterionId = name(64);
/** What must hold when the task is done; without an `id` it is known by its number, from 1. */
export const criteria = z
  .array(z.union([text(2000), z.strictObject({ id: criterionId.optional(), text: text(2000) })]))
  .max(100)
  .refine((given) => {
    const ids = given.map((one, at) => (typeof one === "string" ? undefined : one.id) ?? String(at + 1));
    return new Set(ids).size === ids.length;
  }, "has two criteria of one id");

const link = z.strictObject({
  kind: z.enum(["issue", "pull_request", "other"]),
  url: z.url({ protocol: /^https?$/ }).max(1000),
});

const MAX_PAYLOAD_BYTES = 32_768;

/** What a task is about, as it is given. */
export const taskFields = {
  title: text(300),
  description: text(20_000).optional(),
  criteria: criteria.optional().meta({ description: "Acceptance criteria." }),
  paths: z.array(text(500)).max(200).optional().meta({ description: "Globs of what it may touch." }),
  priority: z.enum(PRIORITIES).optional().meta({ description: "P2 unless given." }),
  estimate: estimate.optional().meta({ description: "Minutes, or a duration such as 2h30m." }),
  due_at: instant.optional(),
  phase: text(100).optional(),
  links: z.array(link).max(50).optional(),
  payload: json(MAX_PAYLOAD_BYTES).optional(),
};

/** The same, to be changed: what is left out stays, null empties. */
export const taskChanges = {
  title: taskFields.title.optional(),
  description: taskFields.description.nullable(),
  criteria: taskFields.criteria,
  paths: taskFields.paths,
  priority: taskFields.priority,
  estimate: taskFields.estimate.nullable(),
  due_at: taskFields.due_at.nullable(),
  phase: taskFields.phase.nullable(),
  links: taskFields.links,
  payload: taskFields.payload,
};

/** Identifiers of other tasks. */
export const taskIds = z.array(taskId).max(500);

export const CriterionView = z.object({
  id: z.string(),
  text: z.string(),
  proof: z.string().nullable().meta({ description: "What showed that it was met; null until then." }),
});
export type CriterionView = z.output<typeof CriterionView>;

export const BlockView = z.object({
  type: z.enum(BLOCK_TYPES),
  reason: z.string(),
  tried: z.string().nullable(),
  impact: z.string().nullable(),
  since: z.string().meta({ description: "RFC 3339" }),
});
export type BlockView = z.output<typeof BlockView>;

export const HandoverView = z.object({
  from: z.string(),
  context: z.string(),
  files: z.array(z.string()),
  at: z.string().meta({ description: "RFC 3339" }),
});
export type HandoverView = z.output<typeof HandoverView>;

/** A task in a list. Times are RFC 3339. */
export const TaskSummary = z.object({
  id: z.string(),
  title: z.string(),
  state: z.enum(TASK_STATES),
  ready: z.boolean().meta({ description: "Waits for nothing but somebody to claim it." }),
  priority: z.enum(PRIORITIES),
  assignee: z.string().nullable().meta({ description: "The only agent that may claim it; null: any." }),
  holder: z.string().nullable().meta({ description: "The agent that claimed it and holds it." }),
  fence: z.int().nullable().meta({ description: "Of the last claim." }),
  lease_until: z.string().nullable().meta({ description: "Null when nobody holds it, and while blocked." }),
  progress: z.int().nullable().meta({ description: "Percent." }),
  progress_note: z.string().nullable(),
  phase: z.string().nullable(),
  estimate_minutes: z.int().nullable(),
  due_at: z.string().nullable(),
  open_dependencies: z.int(),
  block: BlockView.nullable(),
  reason: z.string().nullable().meta({ description: "Why it is in its state, where one was given." }),
  created_at: z.string(),
  updated_at: z.string(),
  started_at: z.string().nullable().meta({ description: "Of the first claim." }),
  ended_at: z.string().nullable(),
});
export type TaskSummary = z.output<typeof TaskSummary>;

export const TaskView = TaskSummary.extend({
  description: z.string().nullable(),
  criteria: z.array(CriterionView),
  paths: z.array(z.string()),
  links: z.array(z.object({ kind: z.enum(["issue", "pull_request", "other"]), url: z.string() })),
  payload: z.record(z.string(), z.unknown()),
  handover: HandoverView.nullable().meta({ description: "What the agent before left for the next." }),
  depends_on: z.array(z.object({ id: z.string(), state: z.enum(TASK_STATES) })),
  needed_by: z.array(z.object({ id: z.string(), state: z.enum(TASK_STATES) })),
});
export type TaskView = z.output<typeof TaskView>;

export const EventView = z.object({
  event: z.int(),
  task: z.string(),
  at: z.string().meta({ description: "RFC 3339" }),
  actor: z.string().meta({ description: "`agent:<name>`, `<role>:<token>`, or `server`." }),
  kind: z.string().meta({ description: "`added`, `claimed`, `blocked`, `lease_expired`, …" }),
  fence: z.int().nullable(),
  details: z.record(z.string(), z.unknown()),
});
export type EventView = z.output<typeof EventView>;
