import { utcTimestamp } from "../../platform/clock/index.ts";
import type { Transaction } from "../../platform/database/index.ts";
import { Refusal } from "../../platform/errors/index.ts";
import type { Actor } from "../../vocabulary/actor.ts";
import { checkAgents } from "../agent/index.ts";
import { handOverColumns, reassignColumns } from "./columns-store.ts";
import { doDeed } from "./do-deed.ts";
import type { FullTaskRow } from "./task-row.ts";

/** What the holder leaves for the next. */
export interface Handover {
  id: string;
  fence: number;
  to: string;
  context: string;
  /** Paths in the repository. */
  files: string[];
}

/** Gives a held task to another agent, who has to claim it. @throws Refusal as `doDeed`, AGENT_UNKNOWN, INPUT_INVALID */
export async function handOverTask(
  transaction: Transaction,
  actor: Actor,
  { id, fence, to, context, files }: Handover,
  now: number,
): Promise<FullTaskRow> {
  const from = actor.agent ?? "";
  if (to === from)
    throw new Refusal("INPUT_INVALID", `${from} has ${id} already`, { hint: "name another agent" });
  await checkAgents(transaction, [to]);
  const columns = handOverColumns(to, { from, context, files, at: utcTimestamp(now) });
  const details = { from, to, context, files };
  return doDeed(transaction, actor, { id, fence, deed: "hand_over", now, ...columns, details });
}

/** Takes a task from whoever has it: the fence of a holder is stale from then on. */
export async function reassignTask(
  transaction: Transaction,
  actor: Actor,
  { id, to, reason }: { id: string; to: string | null; reason: string },
  now: number,
): Promise<FullTaskRow> {
  await checkAgents(transaction, [to]);
  const change = {
    id,
    deed: "reassign" as const,
    now,
    ...reassignColumns(to, reason),
    details: { to, reason },
  };
  return doDeed(transaction, actor, change);
}
