import { formatDuration } from "../../../vocabulary/duration.ts";
import { type Finding, fail, ok, unknown, warn } from "../../../vocabulary/health.ts";
import { LIVE_STATES, type LiveState } from "../../../vocabulary/live-state.ts";

/** Times are milliseconds since 1970. */
export interface MonitoringFacts {
  states: Partial<Record<LiveState, number>>;
  overdue: number;
  silent: readonly string[];
  /** When the sweep last looked at all agents; null when it never has. */
  sweptAt: number | null;
}

/** A limit is to be noticed within five seconds; twelve times that is nobody looking. */
const UNWATCHED_MS = 60_000;

/** Is the fleet watched, and who is silent that should not be? */
export function judgeMonitoring({ states, overdue, silent, sweptAt }: MonitoringFacts, now: number): Finding {
  const facts = {
    agents: states,
    overdue,
    silent,
    swept_ago_ms: sweptAt === null ? null : Math.max(0, now - sweptAt),
  };
  if (sweptAt === null) return unknown("nobody has looked at the agents yet", "ask again in a minute", facts);
  const ago = Math.max(0, now - sweptAt);
  if (ago > UNWATCHED_MS)
    return fail(
      `nobody has looked at the agents for ${formatDuration(ago)}`,
      "start growth-engine serve again",
      facts,
    );
  const counts = LIVE_STATES.flatMap((state) => (states[state] ? [`${states[state]} ${state}`] : []));
  const says = counts.length === 0 ? "no agent has ever beaten" : counts.join(", ");
  if (counts.length === 0)
    return warn(`watched; ${says}`, "agents beat: growth-engine heartbeat send --help", facts);
  if (silent.length === 0) return ok(`watched; ${says}`, facts);
  return warn(
    `watched; ${says}; silent at work: ${silent.join(", ")}`,
    "growth-engine heartbeat live",
    facts,
  );
}
