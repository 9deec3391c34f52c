import { formatDuration } from "../../vocabulary/duration.ts";
import type { Finding } from "../../vocabulary/finding.ts";
import { formatTimestamp } from "../../vocabulary/timestamp.ts";
import type { Beat, TaskBeats } from "./beat.ts";
import type { BeatFacts } from "./facts.ts";
import { neighbours } from "./neighbours.ts";

function nameGap({ agent, task }: TaskBeats, earlier: Beat, later: Beat): Finding {
  // The place is a line of the range: the later one, unless only the earlier is new.
  const { file, line } = later.added ? later : earlier;
  const silence = formatDuration(later.time - earlier.time);
  const times = `${formatTimestamp(earlier.time)} and ${formatTimestamp(later.time)}`;
  const message = `${agent} on ${task}: ${silence} without a beat between ${times}`;
  return { rule: "heartbeat/gap", file, line, message };
}

function judgeGaps(task: TaskBeats, staleAfter: number): Finding[] {
  const gaps: Finding[] = [];
  for (const [earlier, later] of neighbours(task.beats)) {
    const isGap = earlier.status === "doing" && later.time - earlier.time > staleAfter;
    if (isGap && (earlier.added || later.added)) gaps.push(nameGap(task, earlier, later));
  }
  return gaps;
}

/** What holds for heartbeat files wherever they are read: their lines, their order in time, their gaps. */
export function judgeBeats({ tasks, problems, empty }: BeatFacts, staleAfter: number): Finding[] {
  return [
    ...problems.map(({ kind, ...rest }): Finding => ({ rule: `heartbeat/${kind}`, ...rest })),
    ...tasks.flatMap((task) => judgeGaps(task, staleAfter)),
    ...empty.map((file): Finding => ({ rule: "heartbeat/empty", file, message: "the file holds no line" })),
  ];
}
