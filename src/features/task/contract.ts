import { z } from "zod";
import { endpoint, optionalPage, page, text } from "../../platform/endpoint/index.ts";
import { BLOCK_TYPES, PRIORITIES, TASK_STATES } from "../../vocabulary/task.ts";
import {
  agentName,
  EventView,
  fence,
  TaskSummary,
  TaskView,
  taskChanges,
  taskFields,
  taskId,
  taskIds,
} from "./fields/contract.ts";

export {
  CompletionFacts,
  checkCompletion,
  completeTask,
  setAgentLease,
  setSettings,
  showSettings,
  TaskSettings,
  UnmetPolicy,
} from "./completion/contract.ts";
export {
  agentName,
  BlockView,
  CriterionView,
  criteria,
  EventView,
  estimate,
  fence,
  HandoverView,
  TaskSummary,
  TaskView,
  taskChanges,
  taskFields,
  taskId,
  taskIds,
} from "./fields/contract.ts";
export { IMPORT_OUTCOMES, ImportedTask, importTasks } from "./import/contract.ts";

const ALL = ["admin", "manager", "agent", "viewer"] as const;
const MANAGERS = ["admin", "manager"] as const;
const WORKERS = ["admin", "manager", "agent"] as const;

const params = z.strictObject({ task: taskId });
/** An agent's token needs the fence of its claim; a manager's writes need none. */
const heldBy = { fence: fence.optional() };
const reason = text(2000);

export const addTask = endpoint({
  name: "task_add",
  method: "POST",
  path: "/api/v1/task",
  says: "Makes a task. An agent may leave it to all or take it itself, and gives it to nobody else.",
  roles: WORKERS,
  body: z.strictObject({
    id: taskId,
    ...taskFields,
    assignee: agentName.optional(),
    depends_on: taskIds.default([]),
  }),
  answer: TaskView,
  status: 201,
});

const flag = z.enum(["true", "false"]).transform((value) => value === "true");

export const listTasks = endpoint({
  name: "task_list",
  method: "GET",
  path: "/api/v1/task",
  says: "Tasks of the fleet by priority, then age.",
  roles: ALL,
  query: z.strictObject({
    ...optionalPage,
    state: z.enum(TASK_STATES).optional(),
    open: flag.optional().meta({ description: "true: neither completed nor cancelled." }),
    ready: flag.optional(),
    overdue: flag.optional().meta({ description: "true: not ended, and its due time is past." }),
    priority: z.enum(PRIORITIES).optional(),
    assignee: agentName.optional(),
    holder: agentName.optional(),
    phase: text(100).optional(),
  }),
  answer: page(TaskSummary),
});

export const showTask = endpoint({
  name: "task_show",
  method: "GET",
  path: "/api/v1/task/:task",
  says: "One task with all that is known of it.",
  roles: ALL,
  params,
  answer: TaskView,
});

export const nextTasks = endpoint({
  name: "task_next",
  method: "GET",
  path: "/api/v1/task/next",
  says: "What to do next among all ready tasks: an agent's own first, then by priority, then age. An agent is told only what it may claim.",
  roles: ALL,
  query: z.strictObject({ limit: z.coerce.number().int().min(1).max(50).default(1) }),
  answer: z.object({ items: z.array(TaskView) }),
});

export const claimTask = endpoint({
  name: "task_claim",
  method: "POST",
  path: "/api/v1/task/:task/claim",
  says: "Takes a ready task. The answer's fence goes with every later write; beats renew the lease.",
  roles: ["agent"],
  params,
  body: z.strictObject({}).optional(),
  answer: TaskView,
});

export const claimNextTask = endpoint({
  name: "task_claim_next",
  method: "POST",
  path: "/api/v1/task/claim",
  says: "Takes the first ready task that task_next would tell the caller. Agents that ask at once get different ones.",
  roles: ["agent"],
  body: z.strictObject({}).optional(),
  answer: TaskView,
});

export const renewTask = endpoint({
  name: "task_renew",
  method: "POST",
  path: "/api/v1/task/:task/renew",
  says: "Renews the lease of a task that the caller holds, as a beat does.",
  roles: ["agent"],
  params,
  body: z.strictObject({ fence }),
  answer: z.object({ fence: z.int(), lease_until: z.string().nullable() }),
});

export const recordProgress = endpoint({
  name: "task_progress",
  method: "POST",
  path: "/api/v1/task/:task/progress",
  says: "Sets how far a task is.",
  roles: WORKERS,
  params,
  body: z.strictObject({
    ...heldBy,
    percent: z.int().min(0).max(100).optional(),
    note: text(2000).optional(),
    phase: text(100).optional(),
  }),
  answer: TaskView,
});

export const blockTask = endpoint({
  name: "task_block",
  method: "POST",
  path: "/api/v1/task/:task/block",
  says: "Says what holds a claimed task up. While it is blocked, no lease runs out.",
  roles: WORKERS,
  params,
  body: z.strictObject({
    ...heldBy,
    type: z.enum(BLOCK_TYPES),
    reason,
    tried: text(10_000).optional(),
    impact: text(2000).optional(),
  }),
  answer: TaskView,
});

export const resumeTask = endpoint({
  name: "task_resume",
  method: "POST",
  path: "/api/v1/task/:task/resume",
  says: "Goes on with a blocked task: its holder works again, under a fresh lease.",
  roles: WORKERS,
  params,
  body: z.strictObject({ ...heldBy, reason: reason.optional() }),
  answer: TaskView,
});

export const handOverTask = endpoint({
  name: "task_hand_over",
  method: "POST",
  path: "/api/v1/task/:task/hand-over",
  says: "Gives a task that the caller holds to another agent, with what it needs to know.",
  roles: ["agent"],
  params,
  body: z.strictObject({
    fence,
    to: agentName,
    context: text(20_000),
    files: z.array(text(500)).max(200).default([]),
  }),
  answer: TaskView,
});

export const reassignTask = endpoint({
  name: "task_reassign",
  method: "POST",
  path: "/api/v1/task/:task/reassign",
  says: "Takes a task from whoever has it and gives it to an agent, or to all (null).",
  roles: MANAGERS,
  params,
  body: z.strictObject({ to: agentName.nullable(), reason }),
  answer: TaskView,
});

export const assignTasks = endpoint({
  name: "task_assign",
  method: "POST",
  path: "/api/v1/task/assign",
  says: "Gives tasks that nobody holds to an agent, or to all (null); all of them or none.",
  roles: MANAGERS,
  body: z.strictObject({ tasks: taskIds.min(1), to: agentName.nullable() }),
  answer: z.object({ items: z.array(TaskView) }),
});

export const cancelTask = endpoint({
  name: "task_cancel",
  method: "POST",
  path: "/api/v1/task/:task/cancel",
  says: "Gives a task up. What depends on it goes on waiting until its dependency is taken off.",
  roles: MANAGERS,
  params,
  body: z.strictObject({ reason }),
  answer: z.object({
    task: TaskView,
    waiting: z.array(z.string()).meta({ description: "Open tasks that depend on it." }),
  }),
});

export const dependTask = endpoint({
  name: "task_depend",
  method: "POST",
  path: "/api/v1/task/:task/depend",
  says: "Adds and takes off tasks that this one waits for. Unknown ones and circles are refused by name.",
  roles: MANAGERS,
  params,
  body: z.strictObject({ add: taskIds.default([]), remove: taskIds.default([]) }),
  answer: TaskView,
});

export const updateTask = endpoint({
  name: "task_update",
  method: "POST",
  path: "/api/v1/task/:task/update",
  says: "Changes what a task is about; what is left out stays, null empties.",
  roles: MANAGERS,
  params,
  body: z.strictObject(taskChanges),
  answer: TaskView,
});

export const listEvents = endpoint({
  name: "task_events",
  method: "GET",
  path: "/api/v1/task/:task/events",
  says: "Everything that happened to a task, oldest first.",
  roles: ALL,
  params,
  query: z.strictObject(optionalPage),
  answer: page(EventView),
});
