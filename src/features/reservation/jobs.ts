import type { Job } from "../../platform/jobs/index.ts";
import { watchCircles } from "./circle/watch-circles.ts";
import { settleAll } from "./settle-fleet.ts";

const EVERY_MS = 1_000;

/** Scheduled work on reservations. */
export const RESERVATION_JOBS: readonly Job[] = [
  { name: "reservation_settle", every: EVERY_MS, run: settleAll },
  { name: "reservation_watch_circles", every: EVERY_MS, run: watchCircles },
];
