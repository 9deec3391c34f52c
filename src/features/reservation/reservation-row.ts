import { utcTimestamp } from "../../platform/clock/index.ts";
import type { ReservationState } from "../../vocabulary/reservation.ts";
import type { ReservationView, ResourceView } from "./contract.ts";

/** A reservation as the database answers it; times in milliseconds since 1970. */
export interface ReservationRow {
  id: number;
  agent: string;
  state: ReservationState;
  resources: ResourceView[];
  purpose: string | null;
  task: string | null;
  /** Of the claim of `task`. */
  task_fence: number | null;
  fence: number | null;
  lease_seconds: number | null;
  lease_until: number | null;
  wait_until: number | null;
  waits_for: ReservationView["waits_for"];
  asked_at: number;
  granted_at: number | null;
  ended_at: number | null;
  reason: string | null;
}

const written = (instant: number | null): string | null => (instant === null ? null : utcTimestamp(instant));

/** A reservation as it crosses the wire. */
export function viewReservation({ task_fence: _, ...row }: ReservationRow): ReservationView {
  return {
    ...row,
    lease_until: written(row.lease_until),
    wait_until: row.state === "waiting" ? written(row.wait_until) : null,
    asked_at: utcTimestamp(row.asked_at),
    granted_at: written(row.granted_at),
    ended_at: written(row.ended_at),
  };
}
