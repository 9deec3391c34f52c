import type { Transaction } from "../../platform/database/index.ts";
import { type Actor, actorName } from "../../vocabulary/actor.ts";
import { type Change, changeTask } from "./change-store.ts";
import { refuseDeed, unknownTask } from "./refuse-deed.ts";
import type { Doer } from "./rules.ts";
import type { FullTaskRow } from "./task-row.ts";
import { findTask } from "./task-store.ts";

/** Who does it: an agent's token with the fence that it shows, or a manager's, which needs none. */
export function doerOf(actor: Actor, fence: number | undefined): Doer {
  return actor.agent === null ? "manager" : { agent: actor.agent, fence: fence ?? null };
}

/** Does a deed, or says why it may not be done. @throws Refusal TASK_UNKNOWN, TASK_STATE, TASK_FENCE_STALE, TASK_HELD */
export async function doDeed(
  transaction: Transaction,
  actor: Actor,
  { fence, ...change }: Omit<Change, "doer" | "actor"> & { fence?: number | undefined },
): Promise<FullTaskRow> {
  const doer = doerOf(actor, fence);
  const changed = await changeTask(transaction, { ...change, doer, actor: actorName(actor) });
  if (changed) return changed;
  const task = await findTask(transaction, change.id);
  throw task ? refuseDeed(change.deed, task, doer, change.now) : unknownTask(change.id);
}
