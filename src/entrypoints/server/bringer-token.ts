import { findFleet } from "../../features/fleet/index.ts";
import { createToken, FIRST_FLEET } from "../../features/token/index.ts";
import type { Database } from "../../platform/database/index.ts";
import { Fault } from "../../platform/errors/index.ts";

/** A manager's token of a day, with which `serve --repo` brings records to the first fleet: it is shown to nobody. */
export async function bringerToken(database: Database, now: number): Promise<string> {
  const fleet = await database.inServer((transaction) => findFleet(transaction, FIRST_FLEET));
  if (!fleet) throw new Fault("INTERNAL", `there is no fleet ${FIRST_FLEET}`);
  const actor = { role: "admin" as const, token: "serve", fleet, home: fleet.id, agent: null };
  const wish = { role: "manager" as const, agent: null, label: "serve --repo", days: 1 };
  const made = await database.inFleet(fleet.id, (transaction) => createToken(transaction, actor, wish, now));
  return made.token;
}
