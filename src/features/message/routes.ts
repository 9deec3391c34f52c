import { readCursor, writeCursor } from "../../platform/endpoint/index.ts";
import { type Route, route } from "../../platform/server/index.ts";
import { answerMessage } from "./answer-message.ts";
import * as contract from "./contract.ts";
import { sendMessage } from "./send-message.ts";
import { countWaiting, listMessages, listWaiting } from "./store.ts";

function positionOf(cursor: string | undefined): number | null {
  const position = readCursor(cursor)?.[0];
  return typeof position === "number" && Number.isSafeInteger(position) ? position : null;
}

function pageOf<T extends { message: number }>(items: T[], limit: number) {
  const last = items.length === limit ? items.at(-1) : undefined;
  return { items, next: last ? writeCursor([last.message]) : null };
}

/** What can be asked about messages. */
export const MESSAGE_ROUTES: readonly Route[] = [
  route(contract.sendMessage, ({ transaction, actor, body, now }) =>
    sendMessage(transaction, actor, { ...body, task: body.task ?? null }, now),
  ),
  route(contract.listMessages, async ({ transaction, query: { limit, cursor, agent, task, open } }) =>
    pageOf(await listMessages(transaction, { limit, agent, task, open, before: positionOf(cursor) }), limit),
  ),
  route(contract.listInbox, async ({ transaction, actor, query: { limit, cursor } }) =>
    pageOf(
      await listWaiting(transaction, { agent: actor.agent ?? "", after: positionOf(cursor) ?? 0, limit }),
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
