import { numberIn, pageOf, readCursor } from "../../platform/endpoint/index.ts";
import { type Route, route } from "../../platform/server/index.ts";
import { PRIORITIES, TASK_STATES } from "../../vocabulary/task.ts";
import { assignTasks } from "./assign-tasks.ts";
import { cancelColumns } from "./columns-store.ts";
import { checkCompletion } from "./completion/complete-task.ts";
import { SETTINGS_ROUTES } from "./completion/settings-routes.ts";
import * as contract from "./contract.ts";
import { dependTask } from "./dependency/depend-task.ts";
import { listWaiting } from "./dependency/dependency-store.ts";
import { doDeed } from "./do-deed.ts";
import { listEvents } from "./event-store.ts";
import { addTask } from "./fields/add-task.ts";
import { updateTask } from "./fields/update-task.ts";
import { reassignTask } from "./give-task.ts";
import { IMPORT_ROUTES } from "./import/import-routes.ts";
import { unknownTask } from "./refuse-deed.ts";
import { viewSummary, viewTask } from "./task-row.ts";
import { findTask, listReady, listTasks, type TaskFilter } from "./task-store.ts";
import { WORK_ROUTES } from "./work-routes.ts";

function positionOf(cursor: string | undefined): TaskFilter["after"] {
  const [priority, created_at, id] = readCursor(cursor);
  if (typeof priority !== "number" || typeof created_at !== "number" || typeof id !== "string") return null;
  return { priority, created_at, id };
}

const OPEN = ["assigned", "in_progress", "blocked"] as const;

function statesOf(state: (typeof TASK_STATES)[number] | undefined, open: boolean | undefined) {
  if (open === undefined) return state === undefined ? null : [state];
  const wanted = TASK_STATES.filter((one) => OPEN.some((still) => still === one) === open);
  return state === undefined ? wanted : wanted.filter((one) => one === state);
}

const READ_ROUTES: readonly Route[] = [
  route(contract.listTasks, async ({ transaction, query, now }) => {
    const { limit, cursor, state, open, ready, overdue, assignee, holder, phase } = query;
    const priority = query.priority && PRIORITIES.indexOf(query.priority);
    const page = { limit, after: positionOf(cursor), states: statesOf(state, open), priority };
    const rows = await listTasks(transaction, { ...page, ready, overdue, assignee, holder, phase }, now);
    const position = (row: (typeof rows)[number]) => [row.priority, row.created_at, row.id];
    return pageOf(rows, { limit, position, view: viewSummary });
  }),
  route(contract.nextTasks, async ({ transaction, actor, query }) => ({
    items: (await listReady(transaction, actor.agent, query.limit)).map(viewTask),
  })),
  route(contract.showTask, async ({ transaction, params }) => {
    const task = await findTask(transaction, params.task);
    if (!task) throw unknownTask(params.task);
    return viewTask(task);
  }),
  route(contract.listEvents, async ({ transaction, params, query }) => {
    const { limit, cursor } = query;
    const rows = await listEvents(transaction, { task: params.task, after: numberIn(cursor) ?? 0, limit });
    if (rows.length === 0 && !(await findTask(transaction, params.task))) throw unknownTask(params.task);
    return pageOf(rows, { limit, position: ({ event }) => [event], view: (row) => row });
  }),
  route(contract.checkCompletion, async ({ transaction, params, body }) => ({
    unmet: await checkCompletion(transaction, params.task, body.facts),
  })),
];

const PLAN_ROUTES: readonly Route[] = [
  route(contract.addTask, async ({ transaction, actor, body, now }) =>
    viewTask(await addTask(transaction, actor, body, now)),
  ),
  route(contract.updateTask, async ({ transaction, actor, params, body, now }) =>
    viewTask(await updateTask(transaction, actor, { ...body, id: params.task, now })),
  ),
  route(contract.dependTask, async ({ transaction, actor, params, body, now }) =>
    viewTask(await dependTask(transaction, actor, { task: params.task, ...body }, now)),
  ),
  route(contract.assignTasks, async ({ transaction, actor, body, now }) => ({
    items: (await assignTasks(transaction, actor, body, now)).map(viewTask),
  })),
  route(contract.reassignTask, async ({ transaction, actor, params, body, now }) =>
    viewTask(await reassignTask(transaction, actor, { id: params.task, ...body }, now)),
  ),
  route(contract.cancelTask, async ({ transaction, actor, params, body, now }) => {
    const { reason } = body;
    const change = { id: params.task, deed: "cancel" as const, now, ...cancelColumns(reason) };
    const task = await doDeed(transaction, actor, { ...change, details: { reason } });
    return { task: viewTask(task), waiting: await listWaiting(transaction, params.task) };
  }),
];

/** What can be asked about tasks. */
export const TASK_ROUTES: readonly Route[] = [
  ...READ_ROUTES,
  ...PLAN_ROUTES,
  ...WORK_ROUTES,
  ...IMPORT_ROUTES,
  ...SETTINGS_ROUTES,
];
