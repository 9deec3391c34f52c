import type { Transaction } from "../../platform/database/index.ts";
import { claimsHold } from "../task/index.ts";
import { endExpired, endUnclaimed, grantFree, listClaimed, listFleetsDue } from "./end-store.ts";
import { lockReservations } from "./reservation-store.ts";

/** Reservations whose claims have ended, of one fleet or of all: fleet → identifiers. */
export async function findUnclaimed(
  transaction: Transaction,
  fleet: string | null,
  now: number,
): Promise<Map<string, number[]>> {
  const claimed = await listClaimed(transaction, fleet);
  const holds = await claimsHold(transaction, claimed, now);
  const lost = new Map<string, number[]>();
  for (const [place, { fleet: whose, id }] of claimed.entries())
    if (!holds[place]) lost.set(whose, [...(lost.get(whose) ?? []), id]);
  return lost;
}

/**
 * Ends what is over and grants what became free. What ran out is over at that instant, whether or not this was
 * called; it is called each second, and before each write. Needs `lockReservations`.
 * @param unclaimed whose claims have ended: a claim never comes back, so this may have been asked before the lock
 */
export async function settleFleet(
  transaction: Transaction,
  fleet: string,
  now: number,
  unclaimed: readonly number[] = [],
): Promise<void> {
  const expired = await endExpired(transaction, fleet, now);
  const ended = unclaimed.length === 0 ? [] : await endUnclaimed(transaction, fleet, unclaimed, now);
  if (expired.length + ended.length > 0) await grantFree(transaction, fleet, now);
}

/** Settles every fleet in which something is over. */
export async function settleAll(transaction: Transaction, now: number): Promise<void> {
  const unclaimed = await findUnclaimed(transaction, null, now);
  const due = new Set([...(await listFleetsDue(transaction, now)), ...unclaimed.keys()]);
  for (const fleet of [...due].sort()) {
    await lockReservations(transaction, fleet);
    await settleFleet(transaction, fleet, now, unclaimed.get(fleet));
  }
}
