import type { Transaction } from "../../platform/database/index.ts";
import { Refusal, systemCode } from "../../platform/errors/index.ts";
import { type Actor, actorName } from "../../vocabulary/actor.ts";
import { checkAgents } from "../agent/index.ts";
import type { MessageView } from "./contract.ts";
import { insertMessages, type NewMessage } from "./store.ts";

/** SQLSTATE foreign_key_violation: of agent and task, the agent was looked for before. */
const NOT_THERE = "23503";

function refuseTask(task: string | null): Refusal {
  return new Refusal("TASK_UNKNOWN", `there is no task ${task} in this fleet`, {
    hint: "growth-engine task list --all",
  });
}

/** Sends one message. @throws Refusal AGENT_UNKNOWN, TASK_UNKNOWN, REFUSED (exit 1) for an update asked for already */
export async function sendMessage(
  transaction: Transaction,
  actor: Actor,
  message: NewMessage,
  now: number,
): Promise<MessageView> {
  if (message.kind === "update" && message.task === null)
    throw new Refusal("INPUT_INVALID", "an update is asked for about a task", { hint: "name one: --task" });
  await checkAgents(transaction, [message.agent]);
  const from = { fleet: actor.fleet.id, by: actorName(actor), now };
  const [sent] = await insertMessages(transaction, [message], from).catch((error) => {
    throw systemCode(error) === NOT_THERE ? refuseTask(message.task) : error;
  });
  if (sent) return sent;
  throw new Refusal("REFUSED", `${message.agent} is asked for an update of ${message.task} already`, {
    hint: `growth-engine message list --agent ${message.agent} --open`,
    exit: 1,
  });
}

/** Asks for updates in the server's own name; who is asked already is not asked again. @returns what is new */
export function askForUpdates(
  transaction: Transaction,
  asks: readonly { agent: string; task: string; text: string }[],
  { fleet, now }: { fleet: string; now: number },
): Promise<MessageView[]> {
  const list = asks.map((ask) => ({ ...ask, kind: "update" as const }));
  return insertMessages(transaction, list, { fleet, by: "server", now });
}
