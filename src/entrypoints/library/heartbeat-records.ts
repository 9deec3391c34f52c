import {
  appendBeat,
  type BeatFault,
  type BeatInput,
  checkBeat as check,
  type HeartbeatStatus,
  readStatus,
  type StatusQuery,
  type Trend,
  verifyHeartbeatFiles,
  type WrittenBeat,
} from "../../features/heartbeat/index.ts";
import { systemClock } from "../../platform/clock/index.ts";
import { openRepository } from "../../platform/git/index.ts";
import type { GuardVerdict } from "../../vocabulary/finding.ts";

/**
 * Appends one beat to the agent's heartbeat file of the local day, as `growth-engine heartbeat beat` does.
 *
 * @param folder any folder of a checkout
 * @throws Refusal USAGE, with the status that was meant; Fault NOT_A_REPOSITORY, FILE_FAILED
 */
export async function recordBeat(folder: string, beat: BeatInput & { agent: string }): Promise<WrittenBeat> {
  return appendBeat(folder, beat, systemClock.now());
}

/**
 * Checks all heartbeat files, as `growth-engine heartbeat verify` does, and measures how the agents beat.
 *
 * @param folder any folder of a checkout, or of a bare repository
 * @param query `head`: a revision instead of the working tree
 * @returns the answer, and one row for each agent; intervals are milliseconds
 * @throws Refusal REVISION_UNKNOWN, CONFIG_INVALID; Fault NOT_A_REPOSITORY, GIT_FAILED
 */
export async function verifyHeartbeat(
  folder: string,
  query: { head?: string | undefined } = {},
): Promise<{ guard: GuardVerdict; trends: Trend[] }> {
  return verifyHeartbeatFiles(await openRepository(folder), query.head);
}

/**
 * Shows the last beat of each agent and task of a checkout against the clock.
 *
 * @param folder any folder of a checkout
 * @param now milliseconds since 1970; the clock's time where it is not given
 * @throws Refusal CONFIG_INVALID; Fault NOT_A_REPOSITORY, GIT_FAILED
 */
export async function readHeartbeatStatus(
  folder: string,
  query: StatusQuery = {},
  now: number = systemClock.now(),
): Promise<HeartbeatStatus> {
  return readStatus(await openRepository(folder), query, now);
}

/**
 * Checks one object as a heartbeat line.
 *
 * @returns what is wrong with it; nothing for a line that holds
 */
export function checkBeat(value: Readonly<Record<string, unknown>>): readonly BeatFault[] {
  const beat = check(value);
  return Array.isArray(beat) ? beat : [];
}
