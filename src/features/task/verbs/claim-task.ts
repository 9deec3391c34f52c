import type { ServerChoice } from "../../../platform/client/index.ts";
import { Refusal } from "../../../platform/errors/index.ts";
import type { CommandContext } from "../../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../../vocabulary/exit-code.ts";
import type { claimTask as claimTaskEndpoint, nextTasks } from "../contract.ts";
import type { TaskView } from "../fields/contract.ts";
import { describeTime } from "./describe-task.ts";
import { type Desk, openDesk } from "./open-desk.ts";
import { printTask } from "./show-task.ts";

/** So many ready tasks are tried when others are faster. */
const CANDIDATES = 20;
/** Somebody else was faster: the next one may still be free. */
const LOST = new Set(["TASK_HELD", "TASK_STATE", "TASK_NOT_READY", "TASK_ASSIGNED"]);

/** Claims a task and remembers its fence in this checkout. @throws Refusal, exit 1, when it cannot be had */
export async function claim({ client, claims }: Desk, id: string): Promise<TaskView> {
  const task = await client.ask<typeof claimTaskEndpoint>("POST /api/v1/task/:task/claim", {
    params: { task: id },
  });
  if (task.fence !== null) claims?.remember({ task: task.id, fence: task.fence });
  return task;
}

async function claimNext(desk: Desk): Promise<TaskView> {
  const query = { limit: CANDIDATES };
  const { items } = await desk.client.ask<typeof nextTasks>("GET /api/v1/task/next", { query });
  for (const { id } of items) {
    try {
      return await claim(desk, id);
    } catch (error) {
      if (!(error instanceof Refusal) || !LOST.has(error.code)) throw error;
    }
  }
  throw new Refusal("REFUSED", "no task is ready to be claimed", {
    hint: "growth-engine task list shows what waits, and for what",
    exit: EXIT.no,
  });
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
