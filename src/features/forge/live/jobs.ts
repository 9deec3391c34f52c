import type { Job } from "../../../platform/jobs/index.ts";
import { deleteOldDeliveries } from "./hook/delivery-store.ts";
import { deleteOldRuns } from "./pull-store.ts";
import { deleteUsedTokens } from "./trust/trust-store.ts";

const HOUR_MS = 3_600_000;

/** Scheduled work of what forges tell. */
export const FORGE_JOBS: readonly Job[] = [
  { name: "forge_forget_tokens", every: HOUR_MS, run: deleteUsedTokens },
  { name: "forge_forget_deliveries", every: HOUR_MS, run: deleteOldDeliveries },
  { name: "forge_forget_runs", every: 24 * HOUR_MS, run: deleteOldRuns },
];
