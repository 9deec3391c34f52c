import type { Timing } from "../../../platform/timings/index.ts";
import { percentile } from "./percentile.ts";
import { weekOf } from "./weeks.ts";

/** How long a command took on this machine, in milliseconds. */
export interface RunTimes {
  runs: number;
  median: number;
  p95: number;
}

export interface CommandTimes extends RunTimes {
  command: string;
  weeks: (RunTimes & { week: string })[];
}

function timesOf(runs: readonly Timing[]): RunTimes {
  const times = runs.map(({ ms }) => ms);
  return { runs: runs.length, median: percentile(times, 0.5) ?? 0, p95: percentile(times, 0.95) ?? 0 };
}

function groupBy(runs: readonly Timing[], keyOf: (run: Timing) => string): [string, Timing[]][] {
  const groups = new Map<string, Timing[]>();
  for (const run of runs) {
    const group = groups.get(keyOf(run));
    if (group) group.push(run);
    else groups.set(keyOf(run), [run]);
  }
  return [...groups];
}

/** Median and 95th percentile of each command, in all and by week. */
export function measureRuns(runs: readonly Timing[]): CommandTimes[] {
  return groupBy(runs, ({ command }) => command)
    .map(([command, own]) => ({
      command,
      ...timesOf(own),
      weeks: groupBy(own, ({ at }) => weekOf(at)).map(([week, those]) => ({ week, ...timesOf(those) })),
    }))
    .sort((a, b) => (a.command < b.command ? -1 : 1));
}
