import { utcTimestamp } from "../../platform/clock/index.ts";
import { readCursor, writeCursor } from "../../platform/endpoint/index.ts";
import { Refusal } from "../../platform/errors/index.ts";
import { type Route, route, serverRoute } from "../../platform/server/index.ts";
import { addFleet, addRepository, listFleets, listRepositories } from "./contract.ts";
import * as store from "./store.ts";

const taken = (what: string): Refusal => new Refusal("REFUSED", `${what} is there already`, { exit: 1 });

/** What can be asked about fleets and their repositories. */
export const FLEET_ROUTES: readonly Route[] = [
  serverRoute(addFleet, async ({ transaction, body, now }) => {
    const fleet = await store.insertFleet(transaction, body.name, now);
    if (!fleet) throw taken(`the fleet ${body.name}`);
    return { name: fleet.name, created_at: utcTimestamp(fleet.created_at) };
  }),
  serverRoute(listFleets, async ({ transaction, actor, query }) => {
    const only = actor.role === "admin" ? null : actor.fleet.id;
    const after = String(readCursor(query.cursor)?.[0] ?? "");
    const items = await store.listFleets(transaction, { only, after, limit: query.limit });
    const last = items.at(-1);
    return { items, next: last && items.length === query.limit ? writeCursor([last.name]) : null };
  }),
  route(addRepository, async ({ transaction, actor, body, now }) => {
    const repository = { name: body.name, url: body.url ?? null, now };
    const added = await store.insertRepository(transaction, actor.fleet.id, repository);
    if (!added) throw taken(`the repository ${body.name}`);
    return added;
  }),
  route(listRepositories, async ({ transaction }) => ({
    items: await store.listRepositories(transaction),
  })),
];
