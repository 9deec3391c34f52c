import { utcTimestamp } from "../../platform/clock/index.ts";
import { pageOf, textIn } from "../../platform/endpoint/index.ts";
import { Refusal } from "../../platform/errors/index.ts";
import { type Call, type Route, route, serverRoute } from "../../platform/server/index.ts";
import {
  addFleet,
  addRepository,
  type FleetView,
  listFleets,
  listRepositories,
  removeFleet,
} from "./contract.ts";
import * as store from "./store.ts";

const taken = (what: string): Refusal => new Refusal("REFUSED", `${what} is there already`, { exit: 1 });

async function remove({ transaction, actor, params, body }: Call<typeof removeFleet>): Promise<FleetView> {
  const fleet = await store.findFleet(transaction, params.fleet);
  if (!fleet)
    throw new Refusal("FLEET_UNKNOWN", `there is no fleet ${params.fleet}`, {
      hint: "growth-engine fleet list",
    });
  if (body.confirm !== fleet.name)
    throw new Refusal("INPUT_INVALID", `confirm says ${body.confirm}, not ${fleet.name}`);
  if (fleet.id === actor.home)
    throw new Refusal("REFUSED", `${fleet.name} is the fleet of this token`, {
      exit: 1,
      hint: "remove it with an admin's token of another fleet",
    });
  await store.deleteFleet(transaction, fleet.id);
  return { name: fleet.name, created_at: utcTimestamp(fleet.created_at) };
}

/** What can be asked about fleets and their repositories. */
export const FLEET_ROUTES: readonly Route[] = [
  serverRoute(addFleet, async ({ transaction, body, now }) => {
    const fleet = await store.insertFleet(transaction, body.name, now);
    if (!fleet) throw taken(`the fleet ${body.name}`);
    return { name: fleet.name, created_at: utcTimestamp(fleet.created_at) };
  }),
  serverRoute(listFleets, async ({ transaction, actor, query }) => {
    const only = actor.role === "admin" ? null : actor.fleet.id;
    const { limit, cursor } = query;
    const rows = await store.listFleets(transaction, { only, after: textIn(cursor), limit });
    return pageOf(rows, { limit, position: ({ name }) => [name], view: (row) => row });
  }),
  serverRoute(removeFleet, remove),
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
