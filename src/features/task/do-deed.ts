import type { Transaction } from "../../platform/database/index.ts";
import { type Actor, actorName } from "../../vocabulary/actor.ts";
import { closeUpdates } from "../message/index.ts";
import { type Change, changeTask } from "./change-store.ts";
import { refuseDeed, unknownTask } from "./refuse-deed.ts";
import type { Deed, Doer } from "./rules.ts";
import type { FullTaskRow } from "./task-row.ts";
import { findTask } from "./task-store.ts";

/** Who does it: an agent's token with the fence that it shows, or a manager's, which needs none. */
export function doerOf(actor: Actor, fence: number | undefined): Doer {
  return actor.agent === null ? "manager" : { agent: actor.agent, fence: fence ?? null };
}

/** After these, how far a task is has been said by the agent that was asked; after the others it is no question any more. */
const TELLS: ReadonlySet<Deed> = new Set(["progress", "block", "resume", "hand_over"]);
const ENDS: ReadonlySet<Deed> = new Set(["complete", "cancel", "reassign"]);

async function closeAsked(transaction: Transaction, actor: Actor, { deed, id, now }: Change): Promise<void> {
  const told = TELLS.has(deed) && actor.agent !== null;
  if (!told && !ENDS.has(deed)) return;
  const asked = { task: id, agent: told ? actor.agent : null, by: `task_${deed}`, now };
  await closeUpdates(transaction, asked);
}

/** Does a deed, or says why it may not be done. @throws Refusal TASK_UNKNOWN, TASK_STATE, TASK_FENCE_STALE, TASK_HELD */
export async function doDeed(
  transaction: Transaction,
  actor: Actor,
  { fence, ...change }: Omit<Change, "doer" | "actor"> & { fence?: number | undefined },
): Promise<FullTaskRow> {
  const doer = doerOf(actor, fence);
  const whole = { ...change, doer, actor: actorName(actor) };
  const changed = await changeTask(transaction, whole);
  if (changed) {
    await closeAsked(transaction, actor, whole);
    return changed;
  }
  const task = await findTask(transaction, change.id);
  throw task ? refuseDeed(change.deed, task, doer, change.now) : unknownTask(change.id);
}
