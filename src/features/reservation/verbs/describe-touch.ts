import type { CommandContext } from "../../../platform/terminal/index.ts";
import { describeTime } from "../../task/index.ts";
import type { TaskConflictView } from "../contract.ts";

/** Who else touches a task's files, in one line. */
export function describeTouch(item: TaskConflictView, context: Pick<CommandContext, "clock">): string {
  const { kind, agent, task, title, reservation, state, path, theirs, exact, since } = item;
  const where = path === theirs ? path : `${theirs}, which ${exact ? "meets" : "may meet"} ${path}`;
  const when = describeTime(since, context);
  if (kind === "task")
    return `${agent} works on ${task} (${title}, ${state.replace("_", " ")}): ${where}; since ${when}`;
  const verb = state === "held" ? "has reserved" : "waits for";
  const rest = [task === null ? null : `for ${task}`, title].filter(Boolean).join(", ");
  return `${agent} ${verb} ${where} (reservation ${reservation}${rest === "" ? "" : `, ${rest}`}); since ${when}`;
}
