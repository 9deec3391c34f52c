import type { Transaction } from "../../../platform/database/index.ts";
import { Refusal } from "../../../platform/errors/index.ts";
import type { Outcome } from "../../../platform/group-commit/index.ts";
import { EXIT } from "../../../vocabulary/exit-code.ts";
import { parseTimestamp } from "../../../vocabulary/timestamp.ts";
import { type Renewal, type RenewalAnswer, renewLeases } from "../../task/index.ts";
import { insertBeats } from "./beat-store.ts";
import { carryOver } from "./carry-over.ts";
import type { Received } from "./contract.ts";
import type { ReceivedBeat } from "./received-beat.ts";

const DAY_MS = 86_400_000;
/** For as long after midnight (UTC) a beat of the day before is known again: far longer than anybody retries. */
const AFTER_MIDNIGHT_MS = 4 * 3_600_000;

type Refused = NonNullable<RenewalAnswer>;

function refusalOf(code: Refused, { task, fence }: ReceivedBeat): Refusal {
  if (code === "TASK_UNKNOWN")
    return new Refusal(code, `there is no task ${task} in this fleet`, { hint: "growth-engine task list" });
  return new Refusal(code, `the claim of ${task} with fence ${fence} is over: the beat is not taken`, {
    hint: `stop working on it, or claim it again: growth-engine task claim ${task}`,
    exit: EXIT.no,
  });
}

const PERCENT = /^(\d{1,3})(?:\.\d+)?\s?%/;

/** `40%` → 40; null when it is no share. */
export function percentOf(progress: string | null): number | null {
  const percent = Number(PERCENT.exec(progress ?? "")?.[1] ?? Number.NaN);
  return percent <= 100 ? percent : null;
}

/** The lease that a beat renews, by name; null when it carries no fence. */
function leaseOf({ fleet_id, agent, task, fence }: ReceivedBeat): string | null {
  return fence === null ? null : JSON.stringify([fleet_id, task, agent, fence]);
}

/** Renews each lease once, however many beats carry it. @returns name of the lease → why it is over */
async function renew(
  transaction: Transaction,
  beats: readonly ReceivedBeat[],
  now: number,
): Promise<Map<string, Refused | null>> {
  const renewals = new Map<string, Renewal>();
  for (const beat of beats) {
    const name = leaseOf(beat);
    if (name === null || beat.task === null || beat.fence === null) continue;
    const progress = percentOf(beat.progress) ?? renewals.get(name)?.progress ?? null;
    renewals.set(name, {
      fleet: beat.fleet_id,
      task: beat.task,
      agent: beat.agent,
      fence: beat.fence,
      progress,
    });
  }
  if (renewals.size === 0) return new Map();
  const results = await renewLeases(transaction, [...renewals.values()], now);
  return new Map([...renewals.keys()].map((name, index) => [name, results[index] ?? null]));
}

/** The first of each beat, by name; one that was told twice within a group is kept once. */
function firstOfEach(beats: readonly ReceivedBeat[]): Set<ReceivedBeat> {
  const firsts = new Map<string, ReceivedBeat>();
  for (const beat of beats) {
    const name = `${beat.fleet_id} ${beat.agent}/${beat.beat}`;
    if (!firsts.has(name)) firsts.set(name, beat);
  }
  return new Set(firsts.values());
}

/**
 * Writes beats within one transaction: renews the leases that they carry, keeps those whose lease holds, brings their
 * agents up to date.
 * @returns an outcome for each, in their order
 */
export async function writeBeats(
  transaction: Transaction,
  beats: readonly ReceivedBeat[],
): Promise<Outcome<Received>[]> {
  const now = parseTimestamp(beats.at(-1)?.received_at ?? "") ?? 0;
  const leases = await renew(transaction, beats, now);
  const over = (beat: ReceivedBeat): Refused | null => leases.get(leaseOf(beat) ?? "") ?? null;
  const firsts = firstOfEach(beats.filter((beat) => over(beat) === null));
  const kept = [...firsts];
  const repeated = await insertBeats(transaction, carryOver(kept), now % DAY_MS < AFTER_MIDNIGHT_MS);
  const places = new Map(kept.map((beat, place) => [beat, place]));
  return beats.map((beat) => {
    const code = over(beat);
    if (code !== null) return { error: refusalOf(code, beat) };
    const isNew = firsts.has(beat) && !repeated.has(places.get(beat) ?? -1);
    return { done: { beat: beat.beat, received_at: beat.received_at, repeated: !isNew } };
  });
}
