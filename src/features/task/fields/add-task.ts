import type { Transaction } from "../../../platform/database/index.ts";
import { Refusal } from "../../../platform/errors/index.ts";
import { type Actor, actorName } from "../../../vocabulary/actor.ts";
import { EXIT } from "../../../vocabulary/exit-code.ts";
import { checkAgents } from "../../agent/index.ts";
import { insertEdges, lockTasks } from "../dependency/dependency-store.ts";
import { refuseCycle, refuseMissing } from "../dependency/refuse-dependencies.ts";
import { unknownTask } from "../refuse-deed.ts";
import type { FullTaskRow } from "../task-row.ts";
import { findTask } from "../task-store.ts";
import { insertTasks } from "./fields-store.ts";
import { type GivenFields, normalFields } from "./normal-fields.ts";

/** A task as it is wished for. */
export interface TaskWish extends GivenFields {
  id: string;
  title: string;
  assignee?: string | undefined;
  depends_on: readonly string[];
}

function refuseForOthers(actor: Actor, assignee: string | undefined): void {
  if (actor.agent === null || assignee === undefined || assignee === actor.agent) return;
  throw new Refusal("TOKEN_ROLE", "an agent gives a new task to itself or to all", {
    hint: "leave the assignee out; a manager assigns: growth-engine task assign",
    exit: EXIT.no,
  });
}

/** Makes a task. Nothing depends on a new one yet, so it closes no circle but with itself. */
export async function addTask(
  transaction: Transaction,
  actor: Actor,
  wish: TaskWish,
  now: number,
): Promise<FullTaskRow> {
  const { id, title, assignee, depends_on } = wish;
  const fleet = actor.fleet.id;
  refuseForOthers(actor, assignee);
  await checkAgents(transaction, [assignee]);
  const edges = [...new Set(depends_on)].map((needs) => ({ task: id, needs }));
  refuseCycle(edges.filter(({ needs }) => needs === id));
  refuseMissing(depends_on, edges.length === 0 ? new Set() : await lockTasks(transaction, depends_on));
  const task = {
    ...normalFields(wish),
    id,
    title,
    assignee: assignee ?? null,
    state: "assigned" as const,
    reason: null,
  };
  const [made] = await insertTasks(transaction, fleet, [task], {
    actor: actorName(actor),
    now,
    kind: "added",
  });
  if (made === undefined) {
    throw new Refusal("TASK_EXISTS", `there is a task ${id} already`, {
      hint: `growth-engine task show ${id}`,
      exit: EXIT.no,
    });
  }
  await insertEdges(transaction, fleet, edges, now);
  const added = await findTask(transaction, id);
  if (!added) throw unknownTask(id);
  return added;
}
