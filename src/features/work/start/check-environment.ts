import { type Finding, type HealthCheck, ok, warn } from "../../../vocabulary/health.ts";
import { lookAtCheckout } from "../../doctor/index.ts";
import type { Desk } from "../../task/index.ts";
import type { Ground } from "./open-ground.ts";

/** Evidence and beats ask the environment whose they are. */
function lookAtAgent(agent: string, named: string | undefined): Finding {
  if (named === agent) return ok(`${agent}, also for evidence and beats`);
  const said = named === undefined ? "is not set" : `is ${named}`;
  return warn(`GROWTH_ENGINE_AGENT ${said}`, `export GROWTH_ENGINE_AGENT=${agent}`);
}

/** Looks at what work here stands on, as `doctor` does, and at whose it is. Nothing but git is run. */
export async function checkEnvironment(
  ground: Omit<Ground, "readCommands">,
  { client, fleet, agent }: Pick<Desk, "fleet"> & { client: Pick<Desk["client"], "url">; agent: string },
  { env, now }: { env: NodeJS.ProcessEnv; now: number },
): Promise<HealthCheck[]> {
  const checkout = { ...ground, env, now };
  return [
    ...(await lookAtCheckout(checkout, ["tree", "branch", "git", "node", "programs"])),
    { name: "agent", ...lookAtAgent(agent, env.GROWTH_ENGINE_AGENT || undefined) },
    { name: "server", ...ok(`${client.url}, fleet ${fleet}`) },
  ];
}
