import type { ReceivedBeat } from "./received-beat.ts";

/** What holds until an agent says otherwise. */
type Lasting = Pick<ReceivedBeat, "task" | "fence" | "progress" | "tree" | "result">;

/** An agent's newest beat of a group, with what its beats before it said and it does not repeat. */
export interface CarriedBeat {
  beat: ReceivedBeat;
  last: Lasting;
}

function lastOf(before: Lasting | undefined, beat: ReceivedBeat): Lasting {
  if (before === undefined) return beat;
  const isSameTask = beat.task === null || beat.task === before.task;
  return {
    task: beat.task ?? before.task,
    fence: beat.fence ?? (isSameTask ? before.fence : null),
    progress: beat.progress ?? (isSameTask ? before.progress : null),
    tree: beat.tree ?? before.tree,
    result: beat.result ?? before.result,
  };
}

/**
 * Carries what lasts from beat to beat of each agent, since only the newest of a group reaches the agent's row.
 * @returns one for each agent, in the one order in which their rows are locked
 */
export function carryOver(beats: readonly ReceivedBeat[]): CarriedBeat[] {
  const agents = new Map<string, CarriedBeat>();
  for (const beat of beats) {
    const agent = `${beat.fleet_id} ${beat.agent}`;
    agents.set(agent, { beat, last: lastOf(agents.get(agent)?.last, beat) });
  }
  return [...agents].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, carried]) => carried);
}
