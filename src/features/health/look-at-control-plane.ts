import { type Client, lookAtServer, openClient, type ServerChoice } from "../../platform/client/index.ts";
import { messageOf } from "../../platform/errors/index.ts";
import type { CommandContext } from "../../platform/terminal/index.ts";
import { type HealthCheck, unknown } from "../../vocabulary/health.ts";
import { parseTimestamp } from "../../vocabulary/timestamp.ts";
import type { showHealth } from "./contract.ts";
import { judgeClock } from "./judge-clock.ts";

const HERE = "clock here";

async function ask(client: Client, { clock }: CommandContext): Promise<HealthCheck[]> {
  const asked = clock.now();
  const { now, checks } = await client.ask<typeof showHealth>("GET /api/v1/health");
  const took = clock.now() - asked;
  const skew = (parseTimestamp(now) ?? asked) - (asked + took / 2);
  return [...checks, { name: HERE, ...judgeClock(skew, took / 2 + 1, "the server's clock") }];
}

/** Whether the control plane takes calls, and what it says of itself. Never throws for the server. */
export async function lookAtControlPlane(
  options: ServerChoice,
  context: CommandContext,
): Promise<HealthCheck[]> {
  const reached = await lookAtServer(context.env, options.url);
  if (reached === null) {
    const hint = "growth-engine serve; or name one: GROWTH_ENGINE_URL=… GROWTH_ENGINE_TOKEN=ge_…";
    return [{ name: "server", ...unknown("no control plane is named, and none runs on this machine", hint) }];
  }
  const server: HealthCheck = { name: "server", ...reached };
  if (reached.state !== "ok") return [server];
  try {
    return [server, ...(await ask(openClient({ ...options, env: context.env }), context))];
  } catch (error) {
    const { hint } = error as { hint?: string };
    return [server, { name: "database", ...unknown(`it was not told: ${messageOf(error)}`, hint ?? null) }];
  }
}
