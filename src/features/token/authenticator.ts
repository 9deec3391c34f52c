import type { Clock } from "../../platform/clock/index.ts";
import type { Database } from "../../platform/database/index.ts";
import { Refusal } from "../../platform/errors/index.ts";
import type { Authenticate } from "../../platform/server/index.ts";
import type { Actor } from "../../vocabulary/actor.ts";
import { findFleet } from "../fleet/index.ts";
import { sumOfSecret } from "./secret.ts";
import { type Bearer, findBearer } from "./store.ts";

/** Signs callers in, and remembers them for a moment. */
export interface Authenticator {
  authenticate: Authenticate;
  /** Forgets what it remembers, after a token was changed somewhere. */
  forget(): void;
}

const REMEMBER_MS = 5_000;
const MAX_REMEMBERED = 20_000;

interface Remembered {
  bearer: Bearer;
  until: number;
}

function refuse(why: string): Refusal {
  return new Refusal("TOKEN_INVALID", `the token ${why}`, {
    hint: "ask a manager for another: growth-engine token add",
  });
}

function checked(bearer: Bearer, now: number): Bearer {
  if (bearer.revoked_at !== null) throw refuse("was revoked");
  if (bearer.expires_at !== null && bearer.expires_at <= now) throw refuse("has expired");
  if (bearer.retired) throw refuse("belongs to an agent that was retired");
  return bearer;
}

function actorOf({ id, role, agent, fleet }: Bearer): Actor {
  return { token: id, role, agent, fleet, home: fleet.id };
}

/** Only an admin's call may be about another fleet than its token's. */
async function inNamedFleet(database: Database, actor: Actor, name: string | null): Promise<Actor> {
  if (name === null || name === actor.fleet.name) return actor;
  const missing = new Refusal("FLEET_UNKNOWN", `there is no fleet ${name} for this token`, {
    hint: "growth-engine fleet list",
  });
  if (actor.role !== "admin") throw missing;
  const fleet = await database.inServer((transaction) => findFleet(transaction, name));
  if (!fleet) throw missing;
  return { ...actor, fleet };
}

/** Makes the authenticator of a process. */
export function authenticator(database: Database, clock: Clock): Authenticator {
  const remembered = new Map<string, Remembered>();
  const look = async (token: string): Promise<Bearer> => {
    const bearer = await database.inServer((transaction) => findBearer(transaction, sumOfSecret(token)));
    if (!bearer) throw refuse("is not known");
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(token, { bearer, until: clock.now() + REMEMBER_MS });
    return bearer;
  };
  return {
    authenticate: async (token, fleet) => {
      const now = clock.now();
      const known = remembered.get(token);
      const bearer = known && known.until > now ? known.bearer : await look(token);
      const actor = actorOf(checked(bearer, now));
      return fleet === null ? actor : inNamedFleet(database, actor, fleet);
    },
    forget: () => remembered.clear(),
  };
}
