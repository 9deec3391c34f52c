import { readCursor, writeCursor } from "../../platform/endpoint/index.ts";
import { type Route, route } from "../../platform/server/index.ts";
import * as contract from "./contract.ts";
import { startDay } from "./start-day.ts";
import { listStarts } from "./store.ts";
import { surveyDay } from "./survey-day.ts";

/** What can be asked about days. */
export const DAY_ROUTES: readonly Route[] = [
  route(contract.surveyDay, ({ transaction, actor, now }) => surveyDay(transaction, actor, now)),
  route(contract.startDay, ({ transaction, actor, body, now }) =>
    startDay(transaction, actor, body.checklist, now),
  ),
  route(contract.listDays, async ({ transaction, query }) => {
    const position = readCursor(query.cursor)?.[0];
    const before = typeof position === "number" && Number.isSafeInteger(position) ? position : null;
    const items = await listStarts(transaction, { before, limit: query.limit });
    const last = items.length === query.limit ? items.at(-1) : undefined;
    return { items, next: last ? writeCursor([last.start]) : null };
  }),
];
