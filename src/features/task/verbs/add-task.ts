import { openClient, type ServerChoice } from "../../../platform/client/index.ts";
import { Refusal } from "../../../platform/errors/index.ts";
import type { CommandContext } from "../../../platform/terminal/index.ts";
import type { ExitCode } from "../../../vocabulary/exit-code.ts";
import type { addTask as addTaskEndpoint, updateTask as updateTaskEndpoint } from "../contract.ts";
import { describeStanding } from "./describe-task.ts";
import { readTaskFields, type TaskFieldOptions } from "./read-task-fields.ts";
import { printTask } from "./show-task.ts";

export interface AddOptions extends ServerChoice, TaskFieldOptions {
  assignee?: string;
  dependsOn?: string[];
}

/** `growth-engine task add`. */
export async function addTask(
  [id = "", title = ""]: readonly string[],
  options: AddOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const { assignee, dependsOn } = options;
  const body = {
    id,
    title,
    ...(await readTaskFields(options, context)),
    ...(assignee === undefined ? {} : { assignee }),
    ...(dependsOn ? { depends_on: dependsOn } : {}),
  };
  const task = await client.ask<typeof addTaskEndpoint>("POST /api/v1/task", { body });
  return printTask(task, options, context, `${task.id} is made: ${task.priority}, ${describeStanding(task)}`);
}

export interface UpdateOptions extends ServerChoice, TaskFieldOptions {
  title?: string;
}

/** An empty word empties what may be empty. */
const orNull = <T>(value: T): T | null => (value === "" ? null : value);

/** `growth-engine task update`. */
export async function updateTask(
  id: string,
  options: UpdateOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const fields = await readTaskFields(options, context);
  const changes = { ...(options.title === undefined ? {} : { title: options.title }), ...fields };
  const names = Object.keys(changes);
  if (names.length === 0)
    throw new Refusal("USAGE", `what is to change about ${id} is not said`, {
      hint: "growth-engine task update --help",
    });
  const body = Object.fromEntries(Object.entries(changes).map(([name, value]) => [name, orNull(value)]));
  const client = openClient({ ...options, env: context.env });
  const task = await client.ask<typeof updateTaskEndpoint>("POST /api/v1/task/:task/update", {
    params: { task: id },
    body,
  });
  return printTask(task, options, context, `${task.id} is changed: ${names.join(", ").replaceAll("_", " ")}`);
}
