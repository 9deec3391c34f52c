import { openClient, type ServerChoice } from "../../../platform/client/index.ts";
import type { CommandContext } from "../../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../../vocabulary/exit-code.ts";
import type { Priority, TaskState } from "../../../vocabulary/task.ts";
import { mentionWaiting } from "../../message/index.ts";
import type { listTasks as listTasksEndpoint } from "../contract.ts";
import { openDesk } from "./open-desk.ts";
import { renderTaskTable } from "./render-task-table.ts";

export interface ListOptions extends ServerChoice {
  state?: string;
  all?: boolean;
  ready?: boolean;
  overdue?: boolean;
  mine?: boolean;
  priority?: string;
  assignee?: string;
  holder?: string;
  phase?: string;
  limit?: string;
}

async function holderOf(options: ListOptions, context: CommandContext): Promise<string | undefined> {
  if (!options.mine) return options.holder;
  const { agent } = await openDesk(options, context);
  return agent ?? options.holder;
}

/** What is wrong with a state or a number, the server says. */
async function queryOf(options: ListOptions, context: CommandContext) {
  const { state, priority, assignee, phase, ready, overdue, all } = options;
  return {
    state: state?.replace(/[ -]/g, "_") as TaskState | undefined,
    priority: priority as Priority | undefined,
    assignee,
    phase,
    holder: await holderOf(options, context),
    ready: ready ? ("true" as const) : undefined,
    overdue: overdue ? ("true" as const) : undefined,
    open: all || state !== undefined ? undefined : ("true" as const),
  };
}

const NONE = "no task here; make one (growth-engine task add <id> <title>), or look at all: --all";

/** `growth-engine task list`. */
export async function listTasks(options: ListOptions, context: CommandContext): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const query = await queryOf(options, context);
  const mention = mentionWaiting(client, context);
  const what = "GET /api/v1/task" as const;
  const limit = options.limit === undefined ? null : Number(options.limit);
  const items =
    limit === null
      ? await client.all<typeof listTasksEndpoint>(what, { query })
      : (await client.ask<typeof listTasksEndpoint>(what, { query: { ...query, limit } })).items;
  if (options.json) context.out(`${JSON.stringify(items, null, 2)}\n`);
  else context.out(items.length === 0 ? `${NONE}\n` : renderTaskTable(items, context));
  await mention;
  return EXIT.ok;
}
