import type { Transaction } from "../../platform/database/index.ts";
import { Refusal } from "../../platform/errors/index.ts";
import { type Actor, actorName } from "../../vocabulary/actor.ts";
import { EXIT } from "../../vocabulary/exit-code.ts";
import { lockNext, updateClaim } from "./claim-store.ts";
import { DEFAULT_SETTINGS } from "./completion/settings-store.ts";
import { returnExpired } from "./lease-store.ts";
import { refuseDeed, unknownTask } from "./refuse-deed.ts";
import { isExpired } from "./rules.ts";
import type { FullTaskRow } from "./task-row.ts";
import { findTask } from "./task-store.ts";

const claimOf = (actor: Actor, id: string, now: number) => ({
  id,
  agent: actor.agent ?? "",
  actor: actorName(actor),
  now,
  lease: DEFAULT_SETTINGS.lease_seconds,
});

/** Claims the first ready task that the agent may have. @throws Refusal REFUSED when there is none */
export async function claimNextTask(
  transaction: Transaction,
  actor: Actor,
  now: number,
): Promise<FullTaskRow> {
  const id = await lockNext(transaction, actor.agent ?? "");
  const task = id === null ? undefined : await updateClaim(transaction, claimOf(actor, id, now));
  if (task) return task;
  throw new Refusal("REFUSED", "no task is ready to be claimed", {
    hint: "growth-engine task list shows what waits, and for what",
    exit: EXIT.no,
  });
}

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
  const claim = claimOf(actor, id, now);
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
