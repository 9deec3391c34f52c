import type { Transaction } from "../../platform/database/index.ts";
import type { BodyOf } from "../../platform/endpoint/index.ts";
import { Refusal } from "../../platform/errors/index.ts";
import { type Actor, actorName } from "../../vocabulary/actor.ts";
import { EXIT } from "../../vocabulary/exit-code.ts";
import { listRepositories } from "../fleet/index.ts";
import { findTask, isExpired, unknownTask } from "../task/index.ts";
import { gatherWaits } from "./circle/gather-waits.ts";
import { circleClosedBy } from "./circle/rules.ts";
import type { takeReservation as takeEndpoint } from "./contract.ts";
import { type Conflict, findConflicts } from "./find-conflicts.ts";
import { readResources, viewResource } from "./read-resources.ts";
import { refuseCircle, refuseHeld, refuseTooMany, unknownReservation } from "./refuse-reservation.ts";
import type { ReservationRow } from "./reservation-row.ts";
import { countLive, findReservation, insertReservation, lockReservations } from "./reservation-store.ts";
import type { Covered } from "./rules.ts";
import { findUnclaimed, settleFleet } from "./settle-fleet.ts";

const DEFAULT_LEASE_S = 900;
/** So many of those in the way are named. */
const NAMED = 100;
/** So many may stand in the way of one that waits. */
const MAX_BLOCKERS = 2_000;
/** So many may one agent have. */
const MAX_LIVE = 1_000;

type Asked = BodyOf<typeof takeEndpoint>;

/** Refuses repositories that the fleet does not have. @throws Refusal REPOSITORY_UNKNOWN */
export async function checkRepositories(transaction: Transaction, wanted: readonly Covered[]): Promise<void> {
  const named = new Set(wanted.flatMap(({ repository }) => repository ?? []));
  if (named.size === 0) return;
  const known = new Set((await listRepositories(transaction)).map(({ name }) => name));
  const missing = [...named].find((name) => !known.has(name));
  if (missing !== undefined)
    throw new Refusal("REPOSITORY_UNKNOWN", `the fleet has no repository ${missing}`, {
      hint: "growth-engine fleet repository list",
    });
}

async function claimOf(transaction: Transaction, agent: string, id: string, now: number) {
  const task = await findTask(transaction, id);
  if (!task) throw unknownTask(id);
  if (task.holder === agent && task.fence !== null && !isExpired(task, now)) return { id, fence: task.fence };
  throw new Refusal(
    "TASK_FENCE_STALE",
    `${agent} does not hold ${id}: what is reserved for a task is its holder's`,
    {
      hint: `growth-engine task claim ${id}`,
      exit: EXIT.no,
    },
  );
}

/** What stands in the way after everything that is over was ended. */
async function findBlockers(
  transaction: Transaction,
  fleet: string,
  wanted: readonly Covered[],
  now: number,
): Promise<Conflict[]> {
  await lockReservations(transaction, fleet);
  await settleFleet(transaction, fleet, now);
  const limit = MAX_BLOCKERS * 2;
  const found = await findConflicts(transaction, fleet, wanted, { now, limit });
  if (found.every(({ task }) => task === null)) return found;
  const unclaimed = (await findUnclaimed(transaction, fleet, now)).get(fleet);
  if (!unclaimed) return found;
  await settleFleet(transaction, fleet, now, unclaimed);
  return findConflicts(transaction, fleet, wanted, { now, limit });
}

async function refuseCircles(
  transaction: Transaction,
  { agent, fleet }: { agent: string; fleet: string },
  conflicts: readonly Conflict[],
): Promise<void> {
  const blockers = conflicts.map((one) => ({
    id: one.reservation,
    agent: one.agent,
    task: one.task,
    resources: [viewResource(one.has)],
  }));
  const { waits, added } = await gatherWaits(transaction, fleet, { agent, blockers });
  const circle = circleClosedBy(added, waits);
  if (circle) throw refuseCircle(circle);
}

/** Most who ask for what somebody has are answered here, without making all others wait. */
async function refuseAtOnce(
  transaction: Transaction,
  { fleet, agent }: { fleet: string; agent: string },
  wanted: readonly Covered[],
  now: number,
): Promise<void> {
  const found = await findConflicts(transaction, fleet, wanted, { now, limit: NAMED });
  // A claim that it lasts as long as may be over, which is looked at later.
  if (found.some(({ task }) => task === null)) throw refuseHeld(found, agent);
}

/**
 * Reserves all that is asked for, or stands in the queue for it.
 * @throws Refusal RESERVATION_HELD, RESERVATION_CIRCLE, RESERVATION_LIMIT, RESERVATION_RESOURCE, REPOSITORY_UNKNOWN,
 *   TASK_UNKNOWN, TASK_FENCE_STALE
 */
export async function takeReservation(
  transaction: Transaction,
  actor: Actor,
  asked: Asked,
  now: number,
): Promise<ReservationRow> {
  const [agent, fleet] = [actor.agent ?? "", actor.fleet.id];
  const wanted = readResources(asked.resources);
  await checkRepositories(transaction, wanted);
  if (asked.wait_seconds === 0) await refuseAtOnce(transaction, { agent, fleet }, wanted, now);
  const task = asked.task === undefined ? null : await claimOf(transaction, agent, asked.task, now);
  const conflicts = await findBlockers(transaction, fleet, wanted, now);
  const blockers = [...new Set(conflicts.map(({ reservation }) => reservation))];
  if (blockers.length > 0) {
    if (asked.wait_seconds === 0) throw refuseHeld(conflicts, agent);
    if (blockers.length > MAX_BLOCKERS)
      throw refuseTooMany(`over ${MAX_BLOCKERS} reservations stand in its way`);
    await refuseCircles(transaction, { agent, fleet }, conflicts);
  }
  if ((await countLive(transaction, fleet, agent, MAX_LIVE)) >= MAX_LIVE)
    throw refuseTooMany(`${agent} has ${MAX_LIVE} reservations`);
  const id = await insertReservation(transaction, {
    fleet,
    agent,
    actor: actorName(actor),
    resources: wanted,
    purpose: asked.purpose ?? null,
    task,
    lease_seconds: asked.lease_seconds ?? (task ? null : DEFAULT_LEASE_S),
    wait_seconds: blockers.length > 0 ? asked.wait_seconds : null,
    blockers,
    now,
  });
  const row = await findReservation(transaction, fleet, id);
  if (!row) throw unknownReservation(id);
  return row;
}
