import type { Transaction } from "../../platform/database/index.ts";
import { type Actor, actorName } from "../../vocabulary/actor.ts";
import { claimsHold } from "../task/index.ts";
import { endByForce, endOwn, grantFree } from "./end-store.ts";
import { refuseEnded, refuseStale, unknownReservation } from "./refuse-reservation.ts";
import type { ReservationRow } from "./reservation-row.ts";
import { extendLease, findReservation, lockReservations } from "./reservation-store.ts";
import { findUnclaimed, settleFleet } from "./settle-fleet.ts";

async function mustFind(transaction: Transaction, fleet: string, id: number): Promise<ReservationRow> {
  const row = await findReservation(transaction, fleet, id);
  if (!row) throw unknownReservation(id);
  return row;
}

/** Does the claim that it lasts as long as still hold? */
async function isClaimed(transaction: Transaction, fleet: string, row: ReservationRow, now: number) {
  const { task, task_fence, agent } = row;
  if (task === null || task_fence === null) return true;
  const [holds] = await claimsHold(transaction, [{ fleet, task, agent, fence: task_fence }], now);
  return holds === true;
}

/**
 * Makes a held reservation last longer: one statement, without the fleet's lock.
 * @throws Refusal RESERVATION_UNKNOWN, RESERVATION_FENCE_STALE
 */
export async function renewReservation(
  transaction: Transaction,
  actor: Actor,
  {
    id,
    fence,
    lease_seconds,
    now,
  }: { id: number; fence: number; lease_seconds: number | undefined; now: number },
): Promise<ReservationRow> {
  const [agent, fleet] = [actor.agent ?? "", actor.fleet.id];
  const given = { id, agent, fence, lease_seconds: lease_seconds ?? null, now };
  const extended = await extendLease(transaction, fleet, given);
  const row = await mustFind(transaction, fleet, id);
  if (extended && (await isClaimed(transaction, fleet, row, now))) return row;
  throw refuseStale(row, agent, fence, now);
}

/**
 * Gives one back, or leaves the queue; whoever waited for it is granted.
 * @throws Refusal RESERVATION_UNKNOWN, RESERVATION_FENCE_STALE
 */
export async function releaseReservation(
  transaction: Transaction,
  actor: Actor,
  { id, fence, now }: { id: number; fence: number | undefined; now: number },
): Promise<ReservationRow> {
  const [agent, fleet] = [actor.agent ?? "", actor.fleet.id];
  await lockReservations(transaction, fleet);
  await settleFleet(transaction, fleet, now);
  const row = await mustFind(transaction, fleet, id);
  const given = { id, agent, fence: fence ?? null, actor: actorName(actor), now };
  if (!(await isClaimed(transaction, fleet, row, now)) || !(await endOwn(transaction, fleet, given)))
    throw refuseStale(row, agent, fence ?? null, now);
  await grantFree(transaction, fleet, now);
  return mustFind(transaction, fleet, id);
}

/** Takes one away from whoever has it. @throws Refusal RESERVATION_UNKNOWN, RESERVATION_STATE */
export async function revokeReservation(
  transaction: Transaction,
  actor: Actor,
  { id, reason, now }: { id: number; reason: string; now: number },
): Promise<ReservationRow> {
  const fleet = actor.fleet.id;
  await lockReservations(transaction, fleet);
  await settleFleet(transaction, fleet, now);
  const row = await mustFind(transaction, fleet, id);
  if (!(await endByForce(transaction, fleet, { id, reason, actor: actorName(actor), now })))
    throw refuseEnded(row);
  await grantFree(transaction, fleet, now);
  return mustFind(transaction, fleet, id);
}

/**
 * One reservation as it stands. One that waits is granted here if it may be, so that whoever asks does not wait for
 * the next run of the job.
 */
export async function showReservation(
  transaction: Transaction,
  fleet: string,
  { id, now }: { id: number; now: number },
): Promise<ReservationRow> {
  const row = await mustFind(transaction, fleet, id);
  if (row.state !== "waiting") return row;
  await lockReservations(transaction, fleet);
  await settleFleet(transaction, fleet, now, (await findUnclaimed(transaction, fleet, now)).get(fleet));
  return mustFind(transaction, fleet, id);
}
