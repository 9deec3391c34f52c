import type { Status } from "./beat.ts";

/** The last beat of an agent on a task. */
export interface LastBeat {
  agent: string;
  task: string;
  time: number;
  status: Status;
  progress: string | null;
  file: string;
  line: number;
}

export const STATES = ["late", "blocked", "fresh", "done"] as const;
/** A task against the clock: silent for too long, blocked, alive, or done. */
export type State = (typeof STATES)[number];

/** `fresh` and `late` are both `doing`: within `staleAfter` of now, or longer ago. */
export function stateOf({ status, time }: LastBeat, now: number, staleAfter: number): State {
  if (status !== "doing") return status;
  return now - time > staleAfter ? "late" : "fresh";
}
