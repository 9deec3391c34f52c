import type { Transaction } from "../../../platform/database/index.ts";
import { Refusal } from "../../../platform/errors/index.ts";
import { type Actor, actorName } from "../../../vocabulary/actor.ts";
import { checkAgents } from "../../agent/index.ts";
import type { ImportedTask } from "../contract.ts";
import {
  deleteEdges,
  insertEdges,
  lockDependencies,
  lockTasks,
  reachableEdges,
} from "../dependency/dependency-store.ts";
import type { Edge } from "../dependency/find-cycle.ts";
import { refuseCycle, refuseMissing } from "../dependency/refuse-dependencies.ts";
import { doDeed } from "../do-deed.ts";
import { columnsOfFields, insertTasks } from "../fields/fields-store.ts";
import { findExisting } from "./existing-store.ts";
import { type Existing, type Plan, planTask } from "./plan-import.ts";

export interface ImportWish {
  tasks: readonly ImportedTask[];
  dryRun: boolean;
  /** Whether tasks that are there and differ are changed. */
  change: boolean;
}

function refuseTwice(tasks: readonly ImportedTask[]): void {
  const seen = new Set<string>();
  const twice = tasks.map(({ id }) => id).find((id) => seen.size === seen.add(id).size);
  if (twice === undefined) return;
  throw new Refusal("INPUT_INVALID", `the task ${twice} is given twice`, { hint: "give it once" });
}

const edgesOf = (id: string, needs: readonly string[]): Edge[] =>
  needs.map((to) => ({ task: id, needs: to }));

/** What the import does to dependencies. */
function edits(
  plans: readonly Plan[],
  existing: ReadonlyMap<string, Existing>,
): { add: Edge[]; remove: Edge[] } {
  const touched = plans.filter(
    ({ outcome, needs }) => needs && (outcome === "added" || outcome === "changed"),
  );
  const add = touched.flatMap(({ id, needs = [] }) => {
    const before = new Set(existing.get(id)?.needs);
    return edgesOf(
      id,
      needs.filter((to) => !before.has(to)),
    );
  });
  const remove = touched.flatMap(({ id, needs = [] }) => {
    const after = new Set(needs);
    return edgesOf(
      id,
      (existing.get(id)?.needs ?? []).filter((to) => !after.has(to)),
    );
  });
  return { add, remove };
}

const key = ({ task, needs }: Edge): string => JSON.stringify([task, needs]);

async function checkEdges(
  transaction: Transaction,
  plans: readonly Plan[],
  { add, remove }: { add: Edge[]; remove: Edge[] },
): Promise<void> {
  const wanted = add.map(({ needs }) => needs);
  const there = await lockTasks(transaction, [...wanted, ...remove.map(({ needs }) => needs)]);
  refuseMissing(wanted, new Set([...there, ...plans.map(({ id }) => id)]));
  const gone = new Set(remove.map(key));
  const kept = (await reachableEdges(transaction, wanted)).filter((edge) => !gone.has(key(edge)));
  refuseCycle([...add, ...kept]);
}

async function write(
  transaction: Transaction,
  actor: Actor,
  tasks: readonly ImportedTask[],
  plans: readonly Plan[],
  now: number,
): Promise<void> {
  const wishes = new Map(tasks.map((task) => [task.id, task]));
  const added = plans.flatMap(({ id, outcome, given }) => {
    const wish = wishes.get(id);
    if (outcome !== "added" || !wish) return [];
    const { title, assignee = null, state, reason = null } = wish;
    return [{ ...given, id, title, assignee, state, reason }];
  });
  await insertTasks(transaction, actor.fleet.id, added, { actor: actorName(actor), now, kind: "imported" });
  for (const { id, outcome, given, fields } of plans) {
    if (outcome !== "changed") continue;
    const { task, texts } = columnsOfFields(given);
    const change = { id, deed: "update" as const, now, task, texts, details: { imported: fields } };
    await doDeed(transaction, actor, change);
  }
}

/**
 * Takes tasks of another store, all or none. Tasks that are there are compared field by field; what the import does
 * not say stays. A task's state is taken when it is made, and never changed by an import.
 * @throws Refusal TASK_DEPENDENCY_MISSING, TASK_CYCLE, AGENT_UNKNOWN, INPUT_INVALID
 */
export async function importTasks(
  transaction: Transaction,
  actor: Actor,
  { tasks, dryRun, change }: ImportWish,
  now: number,
): Promise<Plan[]> {
  const fleet = actor.fleet.id;
  refuseTwice(tasks);
  await checkAgents(
    transaction,
    tasks.map(({ assignee }) => assignee),
  );
  await lockDependencies(transaction, fleet);
  const ids = tasks.map(({ id }) => id);
  const existing = await findExisting(transaction, ids);
  const plans = tasks.map((task) => planTask(task, existing.get(task.id), change));
  const edges = edits(plans, existing);
  await checkEdges(transaction, plans, edges);
  if (dryRun) return plans;
  await write(transaction, actor, tasks, plans, now);
  // Also those that were made just now: their rows are ours, and their states are counted.
  await deleteEdges(transaction, fleet, edges.remove, now);
  await insertEdges(transaction, fleet, edges.add, now);
  return plans;
}
