import type { Transaction } from "../../platform/database/index.ts";
import { Refusal } from "../../platform/errors/index.ts";
import type { Actor, Role } from "../../vocabulary/actor.ts";
import { findAgent } from "../agent/index.ts";
import type { NewToken } from "./contract.ts";
import { newSecret, sumOfSecret } from "./secret.ts";
import { insertToken } from "./store.ts";
import { viewToken } from "./view-token.ts";

const DAY_MS = 86_400_000;

export interface TokenWish {
  role: Role;
  agent: string | null;
  label: string;
  days: number;
}

function refuseRole(actor: Actor, role: Role): void {
  if (actor.role === "admin" || role !== "admin") return;
  throw new Refusal("TOKEN_ROLE", "only an admin makes an admin's token", { exit: 1 });
}

async function refuseAgent(transaction: Transaction, { role, agent }: TokenWish): Promise<void> {
  if (role === "agent" && agent === null)
    throw new Refusal("INPUT_INVALID", "an agent's token says which agent it acts as", {
      hint: "--agent <name>",
    });
  if (role !== "agent" && agent !== null)
    throw new Refusal("INPUT_INVALID", `a ${role}'s token acts as no agent`, { hint: "leave the agent out" });
  if (agent === null) return;
  const found = await findAgent(transaction, agent);
  if (found && found.retired_at === null) return;
  throw new Refusal("AGENT_UNKNOWN", `there is no agent ${agent} in this fleet`, {
    hint: `growth-engine agent add ${agent}`,
  });
}

/** Makes a token for the caller's fleet. The answer holds the secret, which is kept nowhere. */
export async function createToken(
  transaction: Transaction,
  actor: Actor,
  wish: TokenWish,
  now: number,
): Promise<NewToken> {
  refuseRole(actor, wish.role);
  await refuseAgent(transaction, wish);
  const secret = newSecret();
  const { role, agent, label } = wish;
  const row = { hash: sumOfSecret(secret), role, agent, label, now, expires: now + wish.days * DAY_MS };
  return { ...viewToken(await insertToken(transaction, actor.fleet.id, row)), token: secret };
}
