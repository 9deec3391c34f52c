import { utcTimestamp } from "../../platform/clock/index.ts";
import { Refusal } from "../../platform/errors/index.ts";
import type { Call } from "../../platform/server/index.ts";
import { actorName } from "../../vocabulary/actor.ts";
import { insertRepository, listRepositories } from "../fleet/index.ts";
import { openCheckout } from "./checkout-store.ts";
import type { openCheckout as Endpoint } from "./contract.ts";

/** Opens a checkout; a manager's also makes its repository known to the fleet. @throws Refusal REPOSITORY_UNKNOWN */
export async function beginCheckout({ transaction, actor, body, now }: Call<typeof Endpoint>) {
  const { repository, checkout, url } = body;
  const fleet = actor.fleet.id;
  const known = await listRepositories(transaction);
  const isKnown = known.some(({ name }) => name === repository);
  if (!isKnown && actor.role === "agent")
    throw new Refusal("REPOSITORY_UNKNOWN", `the fleet has no repository ${repository}`, {
      hint: `a manager adds it: growth-engine fleet repository ${repository}; or name another: --name <repository>`,
    });
  if (!isKnown) await insertRepository(transaction, fleet, { name: repository, url: url ?? null, now });
  const name = { fleet, repository, checkout };
  const { branch, head, synced_at } = await openCheckout(
    transaction,
    name,
    actorName(actor),
    utcTimestamp(now),
  );
  return {
    repository,
    checkout,
    branch,
    head,
    synced_at: synced_at === null ? null : utcTimestamp(synced_at),
  };
}
