import type { ServerChoice } from "../../../platform/client/index.ts";
import type { CommandContext } from "../../../platform/terminal/index.ts";
import type { ExitCode } from "../../../vocabulary/exit-code.ts";
import type { claimNextTask, claimTask as claimTaskEndpoint } from "../contract.ts";
import type { TaskView } from "../fields/contract.ts";
import { describeTime } from "./describe-task.ts";
import { type Desk, openDesk } from "./open-desk.ts";
import { printTask } from "./show-task.ts";

/** Claims a task and remembers its fence in this checkout. @throws Refusal, exit 1, when it cannot be had */
export async function claim({ client, claims }: Desk, id: string): Promise<TaskView> {
  const task = await client.ask<typeof claimTaskEndpoint>("POST /api/v1/task/:task/claim", {
    params: { task: id },
  });
  if (task.fence !== null) claims?.remember({ task: task.id, fence: task.fence });
  return task;
}

async function claimNext({ client, claims }: Desk): Promise<TaskView> {
  const task = await client.ask<typeof claimNextTask>("POST /api/v1/task/claim");
  if (task.fence !== null) claims?.remember({ task: task.id, fence: task.fence });
  return task;
}

/** What a claim says to people. */
export function describeClaim(task: TaskView, { claims }: Desk, context: CommandContext): string {
  const lease =
    task.lease_until === null
      ? ""
      : `; its lease ends ${describeTime(task.lease_until, context)}, and beats renew it`;
  const kept = claims === null ? ` (no checkout here to remember it: --fence ${task.fence})` : "";
  return `${task.id} is yours, fence ${task.fence}${kept}${lease}`;
}

/** `growth-engine task claim`: the named task, or the next that can be had. Exit 1 when it is refused. */
export async function claimTask(
  id: string | undefined,
  options: ServerChoice,
  context: CommandContext,
): Promise<ExitCode> {
  const desk = await openDesk(options, context);
  const task = id === undefined ? await claimNext(desk) : await claim(desk, id);
  return printTask(task, options, context, describeClaim(task, desk, context));
}
