import { utcTimestamp } from "../../platform/clock/index.ts";
import { Refusal } from "../../platform/errors/index.ts";
import { EXIT } from "../../vocabulary/exit-code.ts";
import { describeCircle, type Wait } from "./circle/rules.ts";
import { describeResource } from "./describe-resources.ts";
import { type Conflict, viewConflict } from "./find-conflicts.ts";
import type { ReservationRow } from "./reservation-row.ts";
import { isOver } from "./rules.ts";

const SHOWN = 3;

/** The reservation is not there. */
export function unknownReservation(id: number): Refusal {
  return new Refusal("RESERVATION_UNKNOWN", `there is no reservation ${id} in this fleet`, {
    hint: "growth-engine reservation list",
  });
}

function describeConflict(conflict: Conflict, agent: string): string {
  const { wants, has, until, since, state, reservation, agent: theirs, task } = viewConflict(conflict);
  const whose = theirs === agent ? "you" : theirs;
  const verb =
    state === "held" ? (theirs === agent ? "hold" : "holds") : theirs === agent ? "wait for" : "waits for";
  const end =
    state !== "held" ? "" : until === null ? ` as long as it holds ${task}` : ` until ${until} or longer`;
  const what = describeResource(has);
  const wanted = describeResource(wants) === what ? "" : ` (you want ${describeResource(wants)})`;
  return `${whose} ${verb} ${what}${wanted} since ${since}${end}, reservation ${reservation}`;
}

/** Somebody has, or waits for, what is wanted. */
export function refuseHeld(conflicts: readonly Conflict[], agent: string): Refusal {
  const firsts = [...new Map(conflicts.map((one) => [one.reservation, one])).values()];
  const more = firsts.length > SHOWN ? `; and ${firsts.length - SHOWN} more` : "";
  const own = firsts.find((one) => one.agent === agent);
  return new Refusal(
    "RESERVATION_HELD",
    `${firsts
      .slice(0, SHOWN)
      .map((one) => describeConflict(one, agent))
      .join("; ")}${more}`,
    {
      hint: own
        ? `go on with reservation ${own.reservation}, or growth-engine reservation release ${own.reservation}`
        : "queue for it with --wait 10m, or work on something else: growth-engine task next",
      exit: EXIT.no,
    },
  );
}

/** Waiting would close a circle. */
export function refuseCircle(steps: readonly Wait[]): Refusal {
  return new Refusal("RESERVATION_CIRCLE", `nobody could go on: ${describeCircle(steps)}`, {
    hint: "release what you hold first, and ask for all of it at once",
    exit: EXIT.no,
  });
}

/** More stand in the way, or are had, than there may. */
export function refuseTooMany(sentence: string): Refusal {
  return new Refusal("RESERVATION_LIMIT", sentence, {
    hint: "growth-engine reservation release, or ask for less",
    exit: EXIT.no,
  });
}

const ENDED: Record<string, string> = {
  released: "was released",
  expired: "ran out",
  revoked: "was revoked",
};

function staleSentence(row: ReservationRow, agent: string, fence: number | null, now: number): string {
  const { id, state } = row;
  if (row.agent !== agent) return `${agent} does not have reservation ${id}: ${row.agent} does`;
  if (row.ended_at !== null) {
    const why = row.reason === null ? "" : `: ${row.reason}`;
    return `reservation ${id} ${ENDED[state] ?? state} at ${utcTimestamp(row.ended_at)}${why}`;
  }
  if (state === "waiting") return `reservation ${id} waits, and is not held yet`;
  if (isOver(row, now)) return `reservation ${id} ran out at ${utcTimestamp(row.lease_until ?? now)}`;
  if (fence === null) return `reservation ${id} is held: giving it back takes its fence`;
  if (row.fence !== fence) return `the fence ${fence} of reservation ${id} is not the current one`;
  return `reservation ${id} ended with the claim of ${row.task}`;
}

/** The caller does not hold it, or not any more. */
export function refuseStale(row: ReservationRow, agent: string, fence: number | null, now: number): Refusal {
  return new Refusal("RESERVATION_FENCE_STALE", staleSentence(row, agent, fence, now), {
    hint: "stop writing, and look: growth-engine reservation list",
    exit: EXIT.no,
  });
}

/** It has ended already. */
export function refuseEnded(row: ReservationRow): Refusal {
  return new Refusal("RESERVATION_STATE", `reservation ${row.id} ${ENDED[row.state] ?? "changed"} already`, {
    hint: `growth-engine reservation events --reservation ${row.id}`,
    exit: EXIT.no,
  });
}
