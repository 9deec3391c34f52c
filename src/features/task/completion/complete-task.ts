import type { Transaction } from "../../../platform/database/index.ts";
import { Refusal } from "../../../platform/errors/index.ts";
import type { Actor } from "../../../vocabulary/actor.ts";
import { EXIT } from "../../../vocabulary/exit-code.ts";
import { asJson } from "../change-store.ts";
import type { CompletionFacts, UnmetPolicy } from "../contract.ts";
import { releaseDependants } from "../dependency/dependency-store.ts";
import { doDeed, doerOf } from "../do-deed.ts";
import { refuseDeed, unknownTask } from "../refuse-deed.ts";
import { objectionTo } from "../rules.ts";
import type { FullTaskRow } from "../task-row.ts";
import { findTask, lockTask } from "../task-store.ts";
import { judgeCompletion } from "./judge-completion.ts";
import { findSettings } from "./settings-store.ts";

/** The names of what a task waits for; those beyond the ones that are told are counted. */
function openOf({ depends_on, open_dependencies }: FullTaskRow): string[] {
  const open = depends_on.filter(({ state }) => state !== "completed").map(({ id }) => id);
  const more = open_dependencies - open.length;
  return more > 0 ? [...open, `${more} more`] : open;
}

async function judge(transaction: Transaction, task: FullTaskRow, facts: CompletionFacts) {
  const { policies } = await findSettings(transaction);
  const { criteria, links } = task;
  return { policies, unmet: judgeCompletion({ criteria, links, open: openOf(task), facts }, policies) };
}

/** Which policies facts would leave unmet. @throws Refusal TASK_UNKNOWN */
export async function checkCompletion(
  transaction: Transaction,
  id: string,
  facts: CompletionFacts,
): Promise<UnmetPolicy[]> {
  const task = await findTask(transaction, id);
  if (!task) throw unknownTask(id);
  return (await judge(transaction, task, facts)).unmet;
}

function refuseUnmet(id: string, unmet: readonly UnmetPolicy[]): void {
  if (unmet.length === 0) return;
  throw new Refusal(
    "TASK_UNFINISHED",
    `${id} does not meet ${unmet.map(({ policy, says }) => `${policy}: ${says}`).join(" | ")}`,
    { hint: unmet.map(({ policy, mend }) => `${policy}: ${mend}`).join(" | "), exit: EXIT.no },
  );
}

function proven({ criteria }: FullTaskRow, { proofs = [] }: CompletionFacts) {
  const proofOf = new Map(proofs.map(({ criterion, proof }) => [criterion, proof]));
  return criteria.map((criterion) => ({ ...criterion, proof: proofOf.get(criterion.id) ?? null }));
}

/**
 * Completes a task for its holder, keeps the facts with the event, and releases what waited. The row is locked while
 * it is judged, so that no dependency or criterion joins in between.
 * @throws Refusal TASK_UNKNOWN, TASK_FENCE_STALE, TASK_STATE, TASK_UNFINISHED with every unmet policy
 */
export async function completeTask(
  transaction: Transaction,
  actor: Actor,
  { id, fence, facts, now }: { id: string; fence: number; facts: CompletionFacts; now: number },
): Promise<{ task: FullTaskRow; released: string[] }> {
  const task = await lockTask(transaction, id);
  if (!task) throw unknownTask(id);
  const doer = doerOf(actor, fence);
  if (objectionTo("complete", task, doer, now)) throw refuseDeed("complete", task, doer, now);
  const { policies, unmet } = await judge(transaction, task, facts);
  refuseUnmet(id, unmet);
  const completed = await doDeed(transaction, actor, {
    id,
    fence,
    deed: "complete",
    now,
    texts: { criteria: asJson(proven(task, facts)) },
    details: { facts, assurance: "claimed", policies },
  });
  return { task: completed, released: await releaseDependants(transaction, id, now) };
}
