import type { Job } from "../../platform/jobs/index.ts";
import { watchCircles } from "./circle/watch-circles.ts";
import { settleAll } from "./settle-fleet.ts";

const EVERY_MS = 1_000;
/** A circle is to be found within a second, whenever in between it was closed. */
const CIRCLES_MS = 500;

/** Scheduled work on reservations. */
export const RESERVATION_JOBS: readonly Job[] = [
  { name: "reservation_settle", every: EVERY_MS, run: settleAll },
  { name: "reservation_watch_circles", every: CIRCLES_MS, run: watchCircles },
];
