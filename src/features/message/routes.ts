import { numberIn, pageOf } from "../../platform/endpoint/index.ts";
import { type Route, route } from "../../platform/server/index.ts";
import { answerMessage } from "./answer-message.ts";
import type { MessageView } from "./contract.ts";
import * as contract from "./contract.ts";
import { sendMessage } from "./send-message.ts";
import { countWaiting, listMessages, listWaiting } from "./store.ts";

const pageOfMessages = (rows: readonly MessageView[], limit: number) =>
  pageOf(rows, { limit, position: ({ message }) => [message], view: (row) => row });

/** What can be asked about messages. */
export const MESSAGE_ROUTES: readonly Route[] = [
  route(contract.sendMessage, ({ transaction, actor, body, now }) =>
    sendMessage(transaction, actor, { ...body, task: body.task ?? null }, now),
  ),
  route(contract.listMessages, async ({ transaction, query: { limit, cursor, agent, task, open } }) =>
    pageOfMessages(
      await listMessages(transaction, { limit, agent, task, open, before: numberIn(cursor) }),
      limit,
    ),
  ),
  route(contract.listInbox, async ({ transaction, actor, query: { limit, cursor } }) =>
    pageOfMessages(
      await listWaiting(transaction, { agent: actor.agent ?? "", after: numberIn(cursor) ?? 0, limit }),
      limit,
    ),
  ),
  route(contract.countWaiting, async ({ transaction, actor }) => ({
    waiting: actor.agent === null ? 0 : await countWaiting(transaction, actor.agent),
  })),
  route(contract.answerMessage, ({ transaction, actor, params, body, now }) =>
    answerMessage(transaction, {
      message: params.message,
      agent: actor.agent ?? "",
      answer: body.text,
      now,
    }),
  ),
];
