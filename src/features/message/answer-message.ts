import type { Transaction } from "../../platform/database/index.ts";
import { Refusal } from "../../platform/errors/index.ts";
import { EXIT } from "../../vocabulary/exit-code.ts";
import type { MessageView } from "./contract.ts";
import { closeMessage, isThere } from "./store.ts";

/** Answers a message, once. @throws Refusal MESSAGE_UNKNOWN, MESSAGE_CLOSED */
export async function answerMessage(
  transaction: Transaction,
  answer: { message: number; agent: string; answer: string; now: number },
): Promise<MessageView> {
  const { message, agent } = answer;
  const closed = await closeMessage(transaction, answer);
  if (closed) return closed;
  const hint = "growth-engine message inbox";
  if (await isThere(transaction, message, agent))
    throw new Refusal("MESSAGE_CLOSED", `message ${message} is answered already`, { hint, exit: EXIT.no });
  throw new Refusal("MESSAGE_UNKNOWN", `there is no message ${message} for ${agent}`, { hint });
}
