import type { Probe } from "../../../platform/health/index.ts";
import { countAgents } from "./health-store.ts";
import { judgeMonitoring } from "./judge-monitoring.ts";

/** Is anybody watching the agents, and how are they? */
export const HEARTBEAT_HEALTH: readonly Probe[] = [
  {
    name: "heartbeat",
    look: async ({ transaction, now, jobs }) => {
      const sweep = jobs.find(({ name }) => name === "heartbeat_sweep");
      return judgeMonitoring(
        { ...(await countAgents(transaction, now)), sweptAt: sweep?.ranAt ?? null },
        now,
      );
    },
  },
];
