import { numberIn, pageOf } from "../../platform/endpoint/index.ts";
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
    const { limit, cursor } = query;
    const rows = await listStarts(transaction, { before: numberIn(cursor), limit });
    return pageOf(rows, { limit, position: ({ start }) => [start], view: (row) => row });
  }),
];
