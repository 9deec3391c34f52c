import { formatDuration } from "../../vocabulary/duration.ts";
import { type Finding, fail, ok, warn } from "../../vocabulary/health.ts";

/** Leases and thresholds are minutes: seconds do no harm yet, and half a minute does. */
const OFF_MS = 2_000;
const WRONG_MS = 30_000;

/**
 * Do two clocks agree? @param skew milliseconds that the other is ahead, @param doubt within so many of which it is known
 * @param whose such as `the database's clock`
 */
export function judgeClock(skew: number, doubt: number, whose: string): Finding {
  const facts = { skew_ms: Math.round(skew), doubt_ms: Math.round(doubt) };
  const off = Math.max(0, Math.abs(skew) - doubt);
  const says = `${whose} is ${formatDuration(Math.abs(skew))} ${skew > 0 ? "ahead" : "behind"}`;
  const hint = "let both machines keep time: timedatectl set-ntp true";
  if (off >= WRONG_MS) return fail(says, hint, facts);
  if (off >= OFF_MS) return warn(says, hint, facts);
  return ok(`${whose} agrees within ${Math.max(1, Math.round(Math.abs(skew) + doubt))} ms`, facts);
}
