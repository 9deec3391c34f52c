import type { Probe } from "../../../platform/health/index.ts";
import { formatDuration } from "../../../vocabulary/duration.ts";
import { ok, warn } from "../../../vocabulary/health.ts";
import { countBrought } from "./health-store.ts";

/** A weekend is no news; a week without a line is. */
const WEEK_MS = 7 * 86_400_000;

/** Do lines of evidence arrive? */
export const EVIDENCE_HEALTH: readonly Probe[] = [
  {
    name: "evidence",
    look: async ({ transaction, now }) => {
      const { lines, newest } = await countBrought(transaction, now - WEEK_MS);
      if (newest === null)
        return warn("no line of evidence of the last 7 days has arrived", "growth-engine sync", { lines });
      const ago = Math.max(0, now - newest);
      return ok(`${lines} lines of the last 7 days, the newest brought ${formatDuration(ago)} ago`, {
        lines,
        newest_ago_ms: ago,
      });
    },
  },
];
