import { utcTimestamp } from "../../platform/clock/index.ts";
import { type QueryOf, readCursor, writeCursor } from "../../platform/endpoint/index.ts";
import { type Route, route, serverRoute } from "../../platform/server/index.ts";
import * as contract from "./contract.ts";
import { type EntryFilter, listEntries, listServerEntries } from "./store.ts";

type Query = QueryOf<typeof contract.listEntries>;

function filterOf({ actor, action, limit, cursor }: Query): EntryFilter {
  const before = Number(readCursor(cursor)?.[0] ?? Number.NaN);
  return { actor, action, limit, before: Number.isSafeInteger(before) ? before : null };
}

function pageOf<T extends { entry: number; at: number }>(rows: readonly T[], { limit }: Query) {
  const last = rows.at(-1);
  return {
    items: rows.map(({ entry: _, at, ...row }) => ({ ...row, at: utcTimestamp(at) })),
    next: last && rows.length === limit ? writeCursor([last.entry]) : null,
  };
}

/** What can be asked about the audit. */
export const AUDIT_ROUTES: readonly Route[] = [
  route(contract.listEntries, async ({ transaction, query }) =>
    pageOf(await listEntries(transaction, filterOf(query)), query),
  ),
  serverRoute(contract.listServerEntries, async ({ transaction, query }) =>
    pageOf(await listServerEntries(transaction, filterOf(query)), query),
  ),
];
