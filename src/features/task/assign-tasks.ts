import type { Transaction } from "../../platform/database/index.ts";
import type { Actor } from "../../vocabulary/actor.ts";
import { checkAgents } from "../agent/index.ts";
import { assignColumns } from "./columns-store.ts";
import { doDeed } from "./do-deed.ts";
import type { FullTaskRow } from "./task-row.ts";

/** Gives tasks that nobody holds to one agent, or to all (null). In one order, so that two such calls do not cross. */
export async function assignTasks(
  transaction: Transaction,
  actor: Actor,
  { tasks, to }: { tasks: readonly string[]; to: string | null },
  now: number,
): Promise<FullTaskRow[]> {
  await checkAgents(transaction, [to]);
  const assigned: FullTaskRow[] = [];
  for (const id of [...new Set(tasks)].sort()) {
    const change = { id, deed: "assign" as const, now, ...assignColumns(to), details: { to } };
    assigned.push(await doDeed(transaction, actor, change));
  }
  return assigned;
}
