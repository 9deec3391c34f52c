import { numberIn, pageOf } from "../../platform/endpoint/index.ts";
import { type Route, route } from "../../platform/server/index.ts";
import { listKeptCircles } from "./circle/wait-store.ts";
import * as contract from "./contract.ts";
import { listReservationEvents } from "./event-store.ts";
import { findConflicts, viewConflict } from "./find-conflicts.ts";
import {
  releaseReservation,
  renewReservation,
  revokeReservation,
  showReservation,
} from "./keep-reservation.ts";
import { readResources } from "./read-resources.ts";
import { viewReservation } from "./reservation-row.ts";
import { listReservations } from "./reservation-store.ts";
import { checkRepositories, takeReservation } from "./take-reservation.ts";
import { touchTask } from "./touch-task.ts";

const MOST_CONFLICTS = 100;

const READ_ROUTES: readonly Route[] = [
  route(contract.listReservations, async ({ transaction, actor, query }) => {
    const { limit, cursor, agent, task, state } = query;
    const filter = { limit, after: numberIn(cursor) ?? 0, agent, task, state };
    const rows = await listReservations(transaction, actor.fleet.id, filter);
    return pageOf(rows, { limit, position: ({ id }) => [id], view: viewReservation });
  }),
  route(contract.showReservation, async ({ transaction, actor, params, now }) =>
    viewReservation(await showReservation(transaction, actor.fleet.id, { id: params.reservation, now })),
  ),
  route(contract.findConflicts, async ({ transaction, actor, body, now }) => {
    const wanted = readResources(body.resources);
    await checkRepositories(transaction, wanted);
    const found = await findConflicts(transaction, actor.fleet.id, wanted, { now, limit: MOST_CONFLICTS });
    return { items: found.map(viewConflict) };
  }),
  route(contract.listReservationEvents, async ({ transaction, actor, query }) => {
    const { limit, cursor, reservation, agent } = query;
    const filter = { after: numberIn(cursor) ?? 0, limit, reservation, agent };
    const rows = await listReservationEvents(transaction, actor.fleet.id, filter);
    return pageOf(rows, { limit, position: ({ event }) => [event], view: (row) => row });
  }),
  route(contract.listCircles, async ({ transaction, actor }) => ({
    items: await listKeptCircles(transaction, actor.fleet.id),
  })),
  route(contract.findTaskConflicts, ({ transaction, actor, params, now }) =>
    touchTask(transaction, actor, params.task, now),
  ),
];

const WRITE_ROUTES: readonly Route[] = [
  route(contract.takeReservation, async ({ transaction, actor, body, now }) =>
    viewReservation(await takeReservation(transaction, actor, body, now)),
  ),
  route(contract.renewReservation, async ({ transaction, actor, params, body, now }) => {
    const { fence, lease_seconds } = body;
    const given = { id: params.reservation, fence, lease_seconds, now };
    return viewReservation(await renewReservation(transaction, actor, given));
  }),
  route(contract.releaseReservation, async ({ transaction, actor, params, body, now }) => {
    const given = { id: params.reservation, fence: body.fence, now };
    return viewReservation(await releaseReservation(transaction, actor, given));
  }),
  route(contract.revokeReservation, async ({ transaction, actor, params, body, now }) => {
    const given = { id: params.reservation, reason: body.reason, now };
    return viewReservation(await revokeReservation(transaction, actor, given));
  }),
];

/** What can be asked about reservations. */
export const RESERVATION_ROUTES: readonly Route[] = [...READ_ROUTES, ...WRITE_ROUTES];
