import { utcTimestamp } from "../../platform/clock/index.ts";
import type { Instant, Transaction } from "../../platform/database/index.ts";
import type { ReservationEvent } from "./contract.ts";

type EventTables = {
  reservation_events: {
    fleet_id: string;
    event: number;
    reservation: number | null;
    agent: string | null;
    at: Instant;
    actor: string;
    kind: string;
    fence: number | null;
    details: Record<string, unknown>;
  };
};

export interface EventFilter {
  after: number;
  limit: number;
  reservation: number | undefined;
  agent: string | undefined;
}

/** What happened after an event, oldest first. */
export async function listReservationEvents(
  transaction: Transaction,
  fleet: string,
  { after, limit, reservation, agent }: EventFilter,
): Promise<ReservationEvent[]> {
  let query = transaction
    .withTables<EventTables>()
    .selectFrom("reservation_events")
    .select(["event", "reservation", "agent", "at", "actor", "kind", "fence", "details"])
    .where("fleet_id", "=", fleet)
    .where("event", ">", after)
    .orderBy("event")
    .limit(limit);
  if (reservation !== undefined) query = query.where("reservation", "=", reservation);
  if (agent !== undefined) query = query.where("agent", "=", agent);
  return (await query.execute()).map((row) => ({ ...row, at: utcTimestamp(row.at) }));
}
