import { utcTimestamp } from "../../platform/clock/index.ts";
import { Refusal } from "../../platform/errors/index.ts";
import { EXIT } from "../../vocabulary/exit-code.ts";
import { type Deed, type Doer, isExpired, type Objection, objectionTo } from "./rules.ts";
import type { FullTaskRow } from "./task-row.ts";

/** The task is not there. */
export function unknownTask(id: string): Refusal {
  return new Refusal("TASK_UNKNOWN", `there is no task ${id} in this fleet`, {
    hint: "growth-engine task list",
  });
}

const refuse = (code: Objection, message: string, hint: string): Refusal =>
  new Refusal(code, message, { hint, exit: EXIT.no });

const past = (state: FullTaskRow["state"]): string => state.replace("_", " ");

function heldSentence(task: FullTaskRow): string {
  const until =
    task.lease_until === null ? "while it is blocked" : `until ${utcTimestamp(task.lease_until)} or longer`;
  return `${task.id} is held by ${task.holder} ${until}`;
}

function staleSentence(task: FullTaskRow, doer: Doer, now: number): string {
  const { id, holder, fence, state } = task;
  if (doer === "manager") return `${id} is ${past(state)}`;
  if (holder === null) return `${doer.agent} does not hold ${id}: it is ${past(state)}`;
  if (holder !== doer.agent) return `${doer.agent} does not hold ${id}: ${holder} does`;
  if (doer.fence === null) return `${id}: a write of its holder carries the fence of the claim`;
  if (fence !== doer.fence) return `the fence ${doer.fence} of ${id} is not the current one`;
  return isExpired(task, now)
    ? `the lease of ${id} ran out at ${utcTimestamp(task.lease_until ?? now)}`
    : `${id} is ${past(state)}`;
}

const openOf = (task: FullTaskRow): string =>
  task.depends_on
    .filter(({ state }) => state !== "completed")
    .map(({ id, state }) => `${id} (${past(state)})`)
    .join(", ");

/** The refusal of a deed on a task as it stands now. Without an objection the task changed meanwhile. */
export function refuseDeed(deed: Deed, task: FullTaskRow, doer: Doer, now: number): Refusal {
  const { id } = task;
  const objection = objectionTo(deed, task, doer, now);
  switch (objection) {
    case "TASK_FENCE_STALE":
      return refuse(
        objection,
        staleSentence(task, doer, now),
        `stop, and look: growth-engine task show ${id}`,
      );
    case "TASK_HELD": {
      const own = doer !== "manager" && doer.agent === task.holder;
      const hint = own
        ? `go on with the fence ${task.fence}`
        : deed === "assign"
          ? `growth-engine task reassign ${id}`
          : "growth-engine task next";
      return refuse(objection, heldSentence(task), hint);
    }
    case "TASK_ASSIGNED":
      return refuse(objection, `${id} is assigned to ${task.assignee}`, "growth-engine task next");
    case "TASK_NOT_READY":
      return refuse(objection, `${id} waits for ${openOf(task)}`, "growth-engine task next");
    default:
      return refuse(
        "TASK_STATE",
        `${id} is ${past(task.state)}: it cannot be done: ${deed.replace("_", " ")}`,
        `growth-engine task show ${id}`,
      );
  }
}
