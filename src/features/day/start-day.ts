import type { Transaction } from "../../platform/database/index.ts";
import { type Actor, actorName } from "../../vocabulary/actor.ts";
import { askForUpdates } from "../message/index.ts";
import { type ActiveTask, findUnmoved } from "../task/index.ts";
import type { Box, StartView } from "./contract.ts";
import { insertStart } from "./store.ts";
import { comparedWith, withoutProgress } from "./survey-day.ts";

function askAbout({ task, agent }: ActiveTask) {
  const text = `No progress of ${task} has been recorded since the last start of the day. How far is it, and what holds it up?`;
  return { agent, task, text };
}

/** Keeps a start, and asks the agents of tasks that have not moved; who is asked already is not asked again. */
export async function startDay(
  transaction: Transaction,
  actor: Actor,
  checklist: Box[],
  now: number,
): Promise<StartView> {
  const { since } = await comparedWith(transaction, now);
  const unmoved = await withoutProgress(transaction, await findUnmoved(transaction, since), since);
  const fleet = actor.fleet.id;
  const asked = await askForUpdates(transaction, unmoved.map(askAbout), { fleet, now });
  return insertStart(transaction, { fleet, by: actorName(actor), checklist, asked: asked.length, now });
}
