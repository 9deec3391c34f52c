import type { Database } from "../../platform/database/index.ts";
import { findFleet, insertFleet } from "../fleet/index.ts";
import { newSecret, sumOfSecret } from "./secret.ts";
import { hasAdmin, insertToken } from "./store.ts";

/** The fleet that a server begins with. */
export const FIRST_FLEET = "default";

/**
 * The admin's token of a server that has none: it makes the first fleet and everybody else's tokens. It does not
 * expire, since nobody could make another. Null when there is one, unless another is wanted.
 */
export function createAdminToken(database: Database, now: number, another: boolean): Promise<string | null> {
  return database.inServer(async (transaction) => {
    const made = await insertFleet(transaction, FIRST_FLEET, now);
    const fleet = made ?? (await findFleet(transaction, FIRST_FLEET));
    if (!fleet || (!another && (await hasAdmin(transaction, now)))) return null;
    const secret = newSecret();
    const row = {
      hash: sumOfSecret(secret),
      role: "admin",
      agent: null,
      label: "first start",
      now,
      expires: null,
    };
    await insertToken(transaction, fleet.id, { ...row, role: "admin" });
    return secret;
  });
}
