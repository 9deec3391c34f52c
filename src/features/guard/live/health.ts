import type { Probe } from "../../../platform/health/index.ts";
import { formatDuration } from "../../../vocabulary/duration.ts";
import { ok, warn } from "../../../vocabulary/health.ts";
import { countVerdicts } from "./health-store.ts";

const WEEK_MS = 7 * 86_400_000;

/** Do verdicts arrive, and do the guards answer in them? */
export const GUARD_HEALTH: readonly Probe[] = [
  {
    name: "verdicts",
    look: async ({ transaction, now }) => {
      const { verdicts, errors, newest } = await countVerdicts(transaction, now - WEEK_MS);
      const facts = { verdicts, errors };
      if (newest === null)
        return warn(
          "no verdict of the last 7 days has arrived",
          "publish them from CI: growth-engine guard publish",
          facts,
        );
      const says = `${verdicts} verdicts in 7 days, the newest ${formatDuration(Math.max(0, now - newest))} ago`;
      if (errors === 0) return ok(says, facts);
      return warn(`${says}; ${errors} could not tell`, "growth-engine guard verdicts --verdict error", facts);
    },
  },
];
