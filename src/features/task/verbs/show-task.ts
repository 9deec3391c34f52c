import { openClient, type ServerChoice } from "../../../platform/client/index.ts";
import { type CommandContext, paintFor, printable } from "../../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../../vocabulary/exit-code.ts";
import { mentionWaiting } from "../../message/index.ts";
import type { nextTasks as nextTasksEndpoint, showTask as showTaskEndpoint } from "../contract.ts";
import type { TaskView } from "../fields/contract.ts";
import { renderTaskPage } from "./render-task-page.ts";
import { renderTaskTable } from "./render-task-table.ts";

/** Prints a task: its page for people, all of it for programs. */
export function printTask(
  task: TaskView,
  options: ServerChoice,
  context: CommandContext,
  said?: string,
): ExitCode {
  const sentence = said === undefined ? "" : `${paintFor(context.colour)("green", "✔")} ${printable(said)}\n`;
  context.out(
    options.json ? `${JSON.stringify(task, null, 2)}\n` : sentence || renderTaskPage(task, context),
  );
  return EXIT.ok;
}

/** `growth-engine task show`. */
export async function showTask(
  task: string,
  options: ServerChoice,
  context: CommandContext,
): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const mention = mentionWaiting(client, context);
  const view = await client.ask<typeof showTaskEndpoint>("GET /api/v1/task/:task", { params: { task } });
  const code = printTask(view, options, context);
  await mention;
  return code;
}

export interface NextOptions extends ServerChoice {
  limit: string;
}

/** `growth-engine task next`: exit 1 when there is nothing to do. */
export async function nextTask(options: NextOptions, context: CommandContext): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const query = { limit: Number(options.limit) };
  const mention = mentionWaiting(client, context);
  const { items } = await client.ask<typeof nextTasksEndpoint>("GET /api/v1/task/next", { query });
  const [first, ...others] = items;
  if (options.json) context.out(`${JSON.stringify(items, null, 2)}\n`);
  else if (first === undefined) context.out("nothing is ready: growth-engine task list shows what waits\n");
  else if (others.length > 0) context.out(renderTaskTable(items, context));
  else context.out(`${renderTaskPage(first, context)}\ngrowth-engine task start ${printable(first.id)}\n`);
  await mention;
  return first === undefined ? EXIT.no : EXIT.ok;
}
