import type { Job } from "../../../../platform/jobs/index.ts";
import { keepHistory } from "./history-store.ts";

const EVERY_MS = 3_600_000;

export const HEARTBEAT_RECORD_JOBS: readonly Job[] = [
  { name: "heartbeat_record_history", every: EVERY_MS, run: keepHistory },
];
