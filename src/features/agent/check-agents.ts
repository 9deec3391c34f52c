import type { Transaction } from "../../platform/database/index.ts";
import { Refusal } from "../../platform/errors/index.ts";
import { findAgent } from "./store.ts";

/** Refuses agents that are not there or act no more. @throws Refusal AGENT_UNKNOWN */
export async function checkAgents(
  transaction: Transaction,
  names: Iterable<string | null | undefined>,
): Promise<void> {
  for (const name of new Set(names)) {
    if (name === null || name === undefined) continue;
    const agent = await findAgent(transaction, name);
    if (agent && agent.retired_at === null) continue;
    const why = agent ? `the agent ${name} is retired` : `there is no agent ${name} in this fleet`;
    throw new Refusal("AGENT_UNKNOWN", why, { hint: "growth-engine agent list" });
  }
}
