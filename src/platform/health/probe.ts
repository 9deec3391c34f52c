import type { Finding } from "../../vocabulary/health.ts";
import type { Transaction } from "../database/index.ts";
import type { JobState } from "../jobs/index.ts";

/** What a probe may look at. */
export interface ProbeGround {
  /** Sees the caller's fleet. A statement in it ends after a few seconds. */
  transaction: Transaction;
  /** UUID. */
  fleet: string;
  /** Milliseconds since 1970. */
  now: number;
  /** How the scheduled jobs of this server stand. */
  jobs: readonly JobState[];
}

/**
 * A feature's own answer to "are you well?". Each feature that has one brings it in `health.ts`; it is registered in
 * `src/entrypoints/server/features.ts`, and `health` asks them all.
 */
export interface Probe {
  /** Name of the check, which is the feature's word. */
  name: string;
  /** Looks, and says what it saw. What it throws is told as "could not be told". */
  look(ground: ProbeGround): Promise<Finding>;
}
