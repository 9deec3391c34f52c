import type { Transaction } from "../../../platform/database/index.ts";
import type { Actor } from "../../../vocabulary/actor.ts";
import { doDeed } from "../do-deed.ts";
import { unknownTask } from "../refuse-deed.ts";
import type { FullTaskRow } from "../task-row.ts";
import { findTask } from "../task-store.ts";
import { deleteEdges, insertEdges, lockDependencies, lockTasks, reachableEdges } from "./dependency-store.ts";
import type { Edge } from "./find-cycle.ts";
import { refuseCycle, refuseMissing } from "./refuse-dependencies.ts";

/** What a task is to wait for, and for what no longer. */
export interface DependencyEdit {
  task: string;
  add: readonly string[];
  remove: readonly string[];
}

/** Changes what a task waits for. @throws Refusal TASK_UNKNOWN, TASK_STATE, TASK_DEPENDENCY_MISSING, TASK_CYCLE */
export async function dependTask(
  transaction: Transaction,
  actor: Actor,
  { task, add, remove }: DependencyEdit,
  now: number,
): Promise<FullTaskRow> {
  const edgesTo = (ids: readonly string[]): Edge[] => [...new Set(ids)].map((needs) => ({ task, needs }));
  const fleet = actor.fleet.id;
  await lockDependencies(transaction, fleet);
  const there = await lockTasks(transaction, [...add, ...remove]);
  await doDeed(transaction, actor, { id: task, deed: "depend", details: { add, remove }, now });
  refuseMissing([...add, ...remove], new Set([...there, task]));
  await deleteEdges(transaction, fleet, edgesTo(remove), now);
  refuseCycle([...edgesTo(add), ...(await reachableEdges(transaction, add))]);
  await insertEdges(transaction, fleet, edgesTo(add), now);
  const changed = await findTask(transaction, task);
  if (!changed) throw unknownTask(task);
  return changed;
}
