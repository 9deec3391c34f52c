import type { Writer } from "../../../platform/database/index.ts";
import { Refusal, systemCode } from "../../../platform/errors/index.ts";
import type { Outcome } from "../../../platform/group-commit/index.ts";
import { EXIT } from "../../../vocabulary/exit-code.ts";
import { parseTimestamp } from "../../../vocabulary/timestamp.ts";
import type { Renewal, RenewalAnswer } from "../../task/index.ts";
import { type Group, insertBeats, type Objections } from "./beat-store.ts";
import { carryOver } from "./carry-over.ts";
import type { Received } from "./contract.ts";
import type { ReceivedBeat } from "./received-beat.ts";

/** SQLSTATE unique_violation: another process keeps the same beat at this moment. */
const SAME_BEAT = "23505";

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
  return fence === null ? null : `${fleet_id} ${fence} ${agent}/${task}`;
}

/** Each lease once, by name, however many beats carry it; of the progress that they tell, the last. */
function renewalsOf(beats: readonly ReceivedBeat[]): Map<string, Renewal> {
  const renewals = new Map<string, Renewal>();
  for (const beat of beats) {
    const name = leaseOf(beat);
    if (name === null || beat.task === null || beat.fence === null) continue;
    const known = renewals.get(name);
    const percent = percentOf(beat.progress);
    if (known !== undefined) known.progress = percent ?? known.progress;
    else {
      const { fleet_id: fleet, agent, task, fence } = beat;
      renewals.set(name, { fleet, task, agent, fence, progress: percent });
    }
  }
  return renewals;
}

const nameOf = ({ fleet_id, agent, beat }: ReceivedBeat): string => `${fleet_id} ${agent}/${beat}`;

/** The first of each beat that is not known; what the server named itself cannot come twice. */
function firstOfEach(beats: readonly ReceivedBeat[], known: ReadonlySet<string>): readonly ReceivedBeat[] {
  if (beats.every(({ is_named }) => !is_named)) return beats;
  const seen = new Set(known);
  return beats.filter((beat) => {
    if (!beat.is_named) return true;
    const name = nameOf(beat);
    return !seen.has(name) && seen.add(name);
  });
}

/** Until no other process keeps the same beat at the same moment: then it is one that was told before. */
async function insertSurely(writer: Writer, group: Group): Promise<Objections | null> {
  try {
    return await insertBeats(writer, group);
  } catch (error) {
    if (systemCode(error) !== SAME_BEAT) throw error;
    return insertBeats(writer, group);
  }
}

/**
 * Writes beats: renews the leases that they carry, keeps them, brings their agents up to date; all in one statement.
 * What speaks against a group is taken out of it, and the rest is written.
 * @returns an outcome for each, in their order
 */
export async function writeBeats(
  writer: Writer,
  beats: readonly ReceivedBeat[],
): Promise<Outcome<Received>[]> {
  const now = parseTimestamp(beats.at(-1)?.received_at ?? "") ?? 0;
  const refused = new Map<ReceivedBeat, Refused>();
  const told = new Set<string>();
  let kept: readonly ReceivedBeat[] = [];
  for (let isWritten = false; !isWritten; ) {
    const good = refused.size === 0 ? beats : beats.filter((beat) => !refused.has(beat));
    kept = firstOfEach(good, told);
    const renewals = renewalsOf(kept);
    const group = { beats: kept, agents: carryOver(kept), renewals: [...renewals.values()], now };
    const objections = kept.length === 0 ? null : await insertSurely(writer, group);
    isWritten = objections === null;
    if (objections === null) continue;
    const codes = new Map([...renewals.keys()].map((name, place) => [name, objections.over.get(place)]));
    for (const beat of beats) {
      const code = codes.get(leaseOf(beat) ?? "");
      if (code) refused.set(beat, code);
    }
    for (const beat of objections.told) told.add(nameOf(beat));
  }
  // Most groups are kept whole.
  const isKept = kept === beats ? null : new Set(kept);
  return beats.map((beat) => {
    const code = refused.get(beat);
    if (code) return { error: refusalOf(code, beat) };
    const repeated = isKept !== null && !isKept.has(beat);
    return { done: { beat: beat.beat, received_at: beat.received_at, repeated } };
  });
}
