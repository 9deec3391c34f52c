import type { Job } from "../../../platform/jobs/index.ts";
import { keepHistory } from "./history-store.ts";
import { sweepStates } from "./sweep-store.ts";

/** A limit is to be noticed within five seconds: a look each second leaves room for a slow one. */
const SWEEP_MS = 1_000;
const HISTORY_MS = 3_600_000;

export const HEARTBEAT_JOBS: readonly Job[] = [
  { name: "heartbeat_sweep", every: SWEEP_MS, run: sweepStates },
  { name: "heartbeat_history", every: HISTORY_MS, run: keepHistory },
];
