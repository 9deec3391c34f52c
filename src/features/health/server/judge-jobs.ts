import type { JobState } from "../../../platform/jobs/index.ts";
import { formatDuration } from "../../../vocabulary/duration.ts";
import { type Finding, fail, ok, warn } from "../../../vocabulary/health.ts";

/** A look each second finds what is due, so this much more than its period is lag; five minutes of it is standstill. */
const LATE_MS = 30_000;
const STANDS_MS = 300_000;
/** One failed run may be a restart of the database; three in a row are none. */
const FAILS_OFTEN = 3;

/** How long a job is overdue, in milliseconds; null for one that has never run. */
export function lagOf({ ranAt, every }: JobState, now: number): number | null {
  return ranAt === null ? null : Math.max(0, now - ranAt - every);
}

function list(jobs: readonly JobState[]): string {
  const [first, ...others] = jobs.map(({ name }) => name);
  return others.length > 2 ? `${first} and ${others.length} more` : [first, ...others].join(", ");
}

/** Do the scheduled jobs run, in time and without failing? */
export function judgeJobs(jobs: readonly JobState[], now: number): Finding {
  const lags = jobs.map((job) => lagOf(job, now));
  const facts = {
    jobs: jobs.map(({ name, ranAt, tookMs, failures }, index) => ({
      name,
      ran_ago_ms: ranAt === null ? null : now - ranAt,
      took_ms: tookMs,
      lag_ms: lags[index] ?? null,
      failures,
    })),
  };
  const late = (ms: number) => jobs.filter((_, index) => (lags[index] ?? Number.NEGATIVE_INFINITY) > ms);
  const failing = jobs.filter(({ failures }) => failures > 0);
  const often = failing.filter(({ failures }) => failures >= FAILS_OFTEN);
  const look = "the server's log says why: growth-engine serve --log-level info";
  if (often.length > 0) {
    const times = Math.max(...often.map(({ failures }) => failures));
    return fail(`${list(often)} failed ${times} times in a row`, look, facts);
  }
  const longest = formatDuration(Math.max(0, ...lags.map((lag) => lag ?? 0)));
  const standing = late(STANDS_MS);
  if (standing.length > 0)
    return fail(
      `nobody runs ${list(standing)}: ${longest} overdue`,
      "start growth-engine serve again",
      facts,
    );
  if (failing.length > 0) return warn(`${list(failing)} failed, and is tried again`, look, facts);
  if (late(LATE_MS).length > 0) return warn(`${list(late(LATE_MS))}: ${longest} overdue`, look, facts);
  const unrun = jobs.filter(({ ranAt }) => ranAt === null);
  if (unrun.length > 0) return warn(`${list(unrun)}: not run yet`, "ask again in a minute", facts);
  return ok(`${jobs.length} jobs run in time; none fails`, facts);
}
