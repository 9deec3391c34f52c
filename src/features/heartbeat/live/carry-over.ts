import type { ReceivedBeat } from "./received-beat.ts";

/** What holds until an agent says otherwise. */
type Lasting = Pick<ReceivedBeat, "task" | "fence" | "progress" | "tree" | "result">;

/** A beat with what the agent's beats before it in the same group said and it does not repeat. */
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

/** Carries what lasts from beat to beat of each agent, since only the last one of a group reaches the agent's row. */
export function carryOver(beats: readonly ReceivedBeat[]): CarriedBeat[] {
  const agents = new Map<string, Lasting>();
  return beats.map((beat) => {
    const agent = `${beat.fleet_id} ${beat.agent}`;
    const last = lastOf(agents.get(agent), beat);
    agents.set(agent, last);
    return { beat, last };
  });
}
