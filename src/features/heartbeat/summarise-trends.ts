import type { TaskBeats } from "./beat.ts";
import { inTimeOrder, neighbours } from "./neighbours.ts";

/** How an agent beats. Intervals are those that begin with `doing`, in milliseconds; null where there is none. */
export interface Trend {
  agent: string;
  beats: number;
  /** Days (of the record folders) on which the agent beat. */
  days: number;
  beatsPerDay: number;
  medianInterval: number | null;
  p95Interval: number | null;
  longestSilence: { interval: number; task: string; file: string; line: number } | null;
  /** Tasks whose last beat says `doing`. */
  open: string[];
}

/** Nearest-rank percentile of sorted numbers. */
function percentile(sorted: Float64Array, share: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}

function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf("/"));
}

/** All intervals that begin with `doing`, shortest first, and the longest with its place. */
function measureSilences(
  tasks: readonly TaskBeats[],
): [intervals: Float64Array, longest: Trend["longestSilence"]] {
  const intervals = new Float64Array(tasks.reduce((sum, { beats }) => sum + beats.length, 0));
  let count = 0;
  let longest: Trend["longestSilence"] = null;
  for (const { task, beats } of tasks) {
    for (const [earlier, { time, file, line }] of neighbours(beats)) {
      if (earlier.status !== "doing") continue;
      const interval = time - earlier.time;
      intervals[count++] = interval;
      if (longest === null || interval > longest.interval) longest = { interval, task, file, line };
    }
  }
  return [intervals.subarray(0, count).sort(), longest];
}

function summariseAgent(agent: string, tasks: readonly TaskBeats[]): Trend {
  const files = new Set<string>();
  for (const task of tasks) for (const { file } of task.beats) files.add(file);
  const days = new Set([...files].map(folderOf)).size;
  const beats = tasks.reduce((sum, task) => sum + task.beats.length, 0);
  const [intervals, longestSilence] = measureSilences(tasks);
  return {
    agent,
    beats,
    days,
    beatsPerDay: Math.round((beats / days) * 10) / 10,
    medianInterval: percentile(intervals, 0.5),
    p95Interval: percentile(intervals, 0.95),
    longestSilence,
    open: tasks
      .filter(({ beats }) => inTimeOrder(beats).at(-1)?.status === "doing")
      .map(({ task }) => task)
      .sort(),
  };
}

/** Rhythm, silence and open tasks of each agent, in the order of their names. */
export function summariseTrends(tasks: readonly TaskBeats[]): Trend[] {
  const agents = [...new Set(tasks.map(({ agent }) => agent))].sort();
  return agents.map((agent) =>
    summariseAgent(
      agent,
      tasks.filter((task) => task.agent === agent),
    ),
  );
}
