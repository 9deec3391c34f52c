import type { Client } from "../../platform/client/index.ts";
import type { CommandContext } from "../../platform/terminal/index.ts";
import type { countWaiting } from "./contract.ts";

/**
 * Says on standard error that messages wait for the agent of this token. Asked beside the command's own question; that
 * it could not be told is no reason for the command to fail.
 */
export async function mentionWaiting(client: Client, { err }: CommandContext): Promise<void> {
  const answer = await client.ask<typeof countWaiting>("GET /api/v1/message/waiting").catch(() => null);
  const waiting = answer?.waiting ?? 0;
  if (waiting === 0) return;
  const many = waiting === 1 ? "1 message waits" : `${waiting} messages wait`;
  err(`${many} for you: growth-engine message inbox\n`);
}
