import type { Transaction } from "../../../platform/database/index.ts";
import { Refusal } from "../../../platform/errors/index.ts";
import type { Actor } from "../../../vocabulary/actor.ts";
import { doDeed } from "../do-deed.ts";
import { unknownTask } from "../refuse-deed.ts";
import type { FullTaskRow } from "../task-row.ts";
import { findTask } from "../task-store.ts";
import { columnsOfFields } from "./fields-store.ts";
import { type GivenFields, normalFields } from "./normal-fields.ts";

async function refuseNothing(transaction: Transaction, id: string): Promise<Refusal> {
  if (!(await findTask(transaction, id))) return unknownTask(id);
  return new Refusal("INPUT_INVALID", "nothing to change was given", {
    hint: "name a field, such as priority",
  });
}

/** Changes what a task is about; its event keeps the new values. */
export async function updateTask(
  transaction: Transaction,
  actor: Actor,
  { id, now, ...given }: GivenFields & { id: string; now: number },
): Promise<FullTaskRow> {
  const fields = normalFields(given);
  if (Object.keys(fields).length === 0) throw await refuseNothing(transaction, id);
  const { task, texts } = columnsOfFields(fields);
  const changed = Object.keys(texts).length > 0 ? { texts } : {};
  return doDeed(transaction, actor, { id, deed: "update", now, task, ...changed, details: { ...fields } });
}
