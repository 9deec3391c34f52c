import type { Job } from "../../../platform/jobs/index.ts";
import { keepHistory } from "./history-store.ts";

const EVERY_MS = 3_600_000;

export const EVIDENCE_JOBS: readonly Job[] = [
  { name: "evidence_history", every: EVERY_MS, run: keepHistory },
];
