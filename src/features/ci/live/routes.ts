import { type Route, route } from "../../../platform/server/index.ts";
import { showHealth } from "./contract.ts";
import { measureHealth } from "./measure-health.ts";

const DAY_MS = 86_400_000;

/** What can be asked about CI. */
export const CI_ROUTES: readonly Route[] = [
  route(showHealth, ({ transaction, actor, query: { days, repository }, now }) =>
    measureHealth(transaction, actor.fleet.id, { repository, since: now - days * DAY_MS }),
  ),
];
