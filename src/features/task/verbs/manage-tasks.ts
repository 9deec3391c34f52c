import { openClient, type ServerChoice, show } from "../../../platform/client/index.ts";
import { Refusal } from "../../../platform/errors/index.ts";
import type { CommandContext } from "../../../platform/terminal/index.ts";
import type { ExitCode } from "../../../vocabulary/exit-code.ts";
import type {
  assignTasks as assignTasksEndpoint,
  cancelTask as cancelTaskEndpoint,
  dependTask as dependTaskEndpoint,
  reassignTask as reassignTaskEndpoint,
} from "../contract.ts";
import { describeStanding } from "./describe-task.ts";
import { printTask } from "./show-task.ts";

export interface AssignOptions extends ServerChoice {
  to?: string;
  toAll?: boolean;
}

/** An agent, or null for all of them. */
function receiverOf({ to, toAll }: AssignOptions): string | null {
  if ((to === undefined) === (toAll !== true))
    throw new Refusal("USAGE", "to whom is not said, or said twice", { hint: "--to <agent>, or --to-all" });
  return to ?? null;
}

const nameOf = (to: string | null): string => to ?? "any agent";

export interface ReassignOptions extends AssignOptions {
  reason: string;
}

/** `growth-engine task reassign`. */
export async function reassignTask(
  task: string,
  options: ReassignOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const to = receiverOf(options);
  const view = await client.ask<typeof reassignTaskEndpoint>("POST /api/v1/task/:task/reassign", {
    params: { task },
    body: { to, reason: options.reason },
  });
  return printTask(
    view,
    options,
    context,
    `${view.id} is now for ${nameOf(to)}; whoever held it is refused from now on`,
  );
}

/** `growth-engine task assign`. */
export async function assignTasks(
  tasks: readonly string[],
  options: AssignOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const to = receiverOf(options);
  const { items } = await client.ask<typeof assignTasksEndpoint>("POST /api/v1/task/assign", {
    body: { tasks: [...tasks], to },
  });
  const what = items.length === 1 ? `${items[0]?.id} is` : `${items.length} tasks are`;
  return show(context, options, items, `${what} for ${nameOf(to)}`);
}

export interface CancelOptions extends ServerChoice {
  reason: string;
}

/** `growth-engine task cancel`. */
export async function cancelTask(
  task: string,
  options: CancelOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const answer = await client.ask<typeof cancelTaskEndpoint>("POST /api/v1/task/:task/cancel", {
    params: { task },
    body: { reason: options.reason },
  });
  const { waiting } = answer;
  const still = waiting.map(
    (each) => `\n  ${each} still waits for it: growth-engine task depend ${each} --off ${task}`,
  );
  return show(context, options, answer, `${answer.task.id} is cancelled${still.join("")}`);
}

export interface DependOptions extends ServerChoice {
  on?: string[];
  off?: string[];
}

/** `growth-engine task depend`. */
export async function dependTask(
  task: string,
  options: DependOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const { on = [], off = [] } = options;
  if (on.length + off.length === 0)
    throw new Refusal("USAGE", `what ${task} is to wait for is not said`, {
      hint: "--on <task>, or --off <task>",
    });
  const client = openClient({ ...options, env: context.env });
  const view = await client.ask<typeof dependTaskEndpoint>("POST /api/v1/task/:task/depend", {
    params: { task },
    body: { add: on, remove: off },
  });
  const waits =
    view.depends_on.map(({ id, state }) => `${id} (${state.replace("_", " ")})`).join(", ") || "nothing";
  return printTask(view, options, context, `${view.id} waits for ${waits}: ${describeStanding(view)}`);
}
