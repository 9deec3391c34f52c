import type { showToken } from "../../features/token/contract.ts";
import { openClient } from "../../platform/client/index.ts";
import { isFault, isRefusal } from "../../platform/errors/index.ts";
import type { CallerRole } from "../../vocabulary/actor.ts";
import type { Workplace } from "./workplace.ts";

/** Who the token of this process is, as far as anybody can tell. */
export interface WhoCalls {
  /** Null when no control plane answers: then nothing is known, and everything is listed. */
  role(): Promise<CallerRole | null>;
  /** The agent that this process works for; the environment is asked first. */
  agent(): Promise<string | undefined>;
}

/** Asks the control plane once, and again when nobody answered. */
export function whoCalls({ server, context }: Workplace): WhoCalls {
  let known: { role: CallerRole; agent: string | null } | null = null;
  const ask = async () => {
    try {
      const client = openClient({ ...server, env: context.env, waits: false });
      known ??= await client.ask<typeof showToken>("GET /api/v1/token/self");
    } catch (error) {
      if (!isRefusal(error) && !isFault(error)) throw error;
    }
    return known;
  };
  return {
    role: async () => (await ask())?.role ?? null,
    agent: async () => context.env.GROWTH_ENGINE_AGENT ?? (await ask())?.agent ?? undefined,
  };
}
