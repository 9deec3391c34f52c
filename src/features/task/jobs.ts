import type { Job } from "../../platform/jobs/index.ts";
import { returnExpired } from "./lease-store.ts";

const EVERY_MS = 1_000;

/** Scheduled work on tasks. */
export const TASK_JOBS: readonly Job[] = [
  {
    name: "task_return_expired",
    every: EVERY_MS,
    run: async (transaction, now) => {
      await returnExpired(transaction, now);
    },
  },
];
