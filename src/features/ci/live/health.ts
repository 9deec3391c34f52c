import type { Probe } from "../../../platform/health/index.ts";
import { ok, warn } from "../../../vocabulary/health.ts";
import { measureHealth } from "./measure-health.ts";

const WEEK_MS = 7 * 86_400_000;
/** More than every second run fails: whoever waits for CI waits in vain. */
const MANY = 0.5;
const PERCENT = 100;

/** How does CI go, as forges tell? */
export const CI_HEALTH: readonly Probe[] = [
  {
    name: "runs",
    look: async ({ transaction, fleet, now }) => {
      const seen = await measureHealth(transaction, fleet, { repository: undefined, since: now - WEEK_MS });
      const { runs, failed, share, plugin, guards } = seen;
      const facts = { runs, failed, share, plugin, guards };
      if (share === null)
        return warn(
          "no run of CI was told of in 7 days",
          "let the forge tell: growth-engine forge hook add",
          facts,
        );
      const [worst] = seen.causes;
      const most = worst === undefined ? "" : `, most often ${worst.name}`;
      const says = `${failed} of ${runs} runs of CI failed in 7 days (${Math.round(share * PERCENT)} %)${most}`;
      return share > MANY ? warn(says, "growth-engine ci status", facts) : ok(says, facts);
    },
  },
];
