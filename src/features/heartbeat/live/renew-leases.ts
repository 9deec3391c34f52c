import type { Transaction } from "../../../platform/database/index.ts";

/** A beat that carries the fence of a claimed task. */
export interface Renewal {
  /** UUID. */
  fleet: string;
  task: string;
  agent: string;
  fence: number;
  /** Percent, or null when the beat says none. */
  progress: number | null;
}

/**
 * Renews leases; for each, null or why it is not renewed. Tasks do it, and are handed in: a task that begins writes a
 * heartbeat, so heartbeat cannot know tasks.
 */
export type RenewLeases = (
  transaction: Transaction,
  renewals: readonly Renewal[],
  now: number,
) => Promise<(null | "TASK_UNKNOWN" | "TASK_FENCE_STALE")[]>;
