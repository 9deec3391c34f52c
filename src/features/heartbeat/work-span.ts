import type { Range } from "../../platform/git/index.ts";

/** The longest stretch of work in a range, in milliseconds since 1970, and what showed it. */
export interface WorkSpan {
  start: number;
  end: number;
  from: "commits" | "records";
}

/** A pause longer than this starts a new span (contract §3). */
const PAUSE_MS = 8 * 3_600_000;

function longestOf(times: readonly number[], from: WorkSpan["from"]): WorkSpan | null {
  let longest: WorkSpan | null = null;
  let start = Number.NaN;
  let before = Number.NaN;
  for (const time of [...times].sort((a, b) => a - b)) {
    if (!(time - before <= PAUSE_MS)) start = time;
    before = time;
    if (longest === null || time - start > longest.end - longest.start) longest = { start, end: time, from };
  }
  return longest;
}

/**
 * How long the work of a range lasted: from its first to its last commit (merge commits aside, committer dates)
 * or from its first to its last record, whichever is longer. A pause of over 8 hours starts a new span.
 * @param recordTimes of the lines, evidence and beats, that the range added
 */
export function workSpan(
  { commits }: Pick<Range, "commits">,
  recordTimes: readonly number[],
): WorkSpan | null {
  const commitTimes = commits.filter(({ parents }) => parents.length < 2).map(({ time }) => time);
  const shown = longestOf(commitTimes, "commits");
  const recorded = longestOf(recordTimes, "records");
  if (shown === null || recorded === null) return shown ?? recorded;
  return recorded.end - recorded.start > shown.end - shown.start ? recorded : shown;
}
