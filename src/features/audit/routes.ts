import { utcTimestamp } from "../../platform/clock/index.ts";
import { readCursor, writeCursor } from "../../platform/endpoint/index.ts";
import { type Route, route } from "../../platform/server/index.ts";
import * as contract from "./contract.ts";
import { listEntries } from "./store.ts";

/** What can be asked about the audit. */
export const AUDIT_ROUTES: readonly Route[] = [
  route(contract.listEntries, async ({ transaction, query }) => {
    const before = Number(readCursor(query.cursor)?.[0] ?? Number.NaN);
    const filter = { ...query, actor: query.actor, action: query.action };
    const rows = await listEntries(transaction, {
      ...filter,
      before: Number.isSafeInteger(before) ? before : null,
    });
    const last = rows.at(-1);
    return {
      items: rows.map(({ entry: _, at, ...row }) => ({ at: utcTimestamp(at), ...row })),
      next: last && rows.length === query.limit ? writeCursor([last.entry]) : null,
    };
  }),
];
