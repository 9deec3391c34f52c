import { utcTimestamp } from "../../platform/clock/index.ts";
import { numberIn, pageOf, type QueryOf } from "../../platform/endpoint/index.ts";
import { type Route, route, serverRoute } from "../../platform/server/index.ts";
import * as contract from "./contract.ts";
import { type EntryFilter, listEntries, listServerEntries } from "./store.ts";

type Query = QueryOf<typeof contract.listEntries>;

function filterOf({ actor, action, limit, cursor }: Query): EntryFilter {
  return { actor, action, limit, before: numberIn(cursor) };
}

const pageOfEntries = <T extends { entry: number; at: number }>(rows: readonly T[], { limit }: Query) =>
  pageOf(rows, {
    limit,
    position: ({ entry }) => [entry],
    view: ({ entry: _, at, ...row }) => ({ ...row, at: utcTimestamp(at) }),
  });

/** What can be asked about the audit. */
export const AUDIT_ROUTES: readonly Route[] = [
  route(contract.listEntries, async ({ transaction, query }) =>
    pageOfEntries(await listEntries(transaction, filterOf(query)), query),
  ),
  serverRoute(contract.listServerEntries, async ({ transaction, query }) =>
    pageOfEntries(await listServerEntries(transaction, filterOf(query)), query),
  ),
];
