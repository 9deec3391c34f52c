import type { Transaction } from "../../platform/database/index.ts";
import { type Actor, actorName } from "../../vocabulary/actor.ts";
import { updateClaim } from "./claim-store.ts";
import { DEFAULT_SETTINGS } from "./completion/settings-store.ts";
import { returnExpired } from "./lease-store.ts";
import { refuseDeed, unknownTask } from "./refuse-deed.ts";
import { isExpired } from "./rules.ts";
import type { FullTaskRow } from "./task-row.ts";
import { findTask } from "./task-store.ts";

/**
 * Claims a task for the agent that asks. One whose lease ran out is returned first, if the job was not there yet.
 * @throws Refusal TASK_UNKNOWN, TASK_STATE, TASK_HELD, TASK_ASSIGNED, TASK_NOT_READY
 */
export async function claimTask(
  transaction: Transaction,
  actor: Actor,
  id: string,
  now: number,
): Promise<FullTaskRow> {
  const agent = actor.agent ?? "";
  const claim = { id, agent, actor: actorName(actor), now, lease: DEFAULT_SETTINGS.lease_seconds };
  const claimed = await updateClaim(transaction, claim);
  if (claimed) return claimed;
  const task = await findTask(transaction, id);
  if (!task) throw unknownTask(id);
  if (isExpired(task, now)) {
    await returnExpired(transaction, now, id);
    const afterwards = await updateClaim(transaction, claim);
    if (afterwards) return afterwards;
  }
  throw refuseDeed(
    "claim",
    (await findTask(transaction, id)) ?? task,
    { agent: actor.agent ?? "", fence: null },
    now,
  );
}
