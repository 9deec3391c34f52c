import type { Client } from "../../../../platform/client/index.ts";
import { isFault, isRefusal } from "../../../../platform/errors/index.ts";
import { writeWhole } from "../../../../platform/files/index.ts";
import { appendToSpool, isWaiting, readLines, spoolPaths } from "./spool-file.ts";

/** Whom a token acts as. */
export interface Who {
  fleet: string;
  agent: string;
}

const OWN = 0o600;

/** The server is away, or has too much to do: what was to be told it can be told later. */
export function isAway(error: unknown): boolean {
  return (
    (isFault(error) && error.code === "SERVER_UNAVAILABLE") || (isRefusal(error) && error.code === "TOO_MANY")
  );
}

/** Keeps a beat until it can be delivered. @throws Fault FILE_FAILED when no more is kept */
export function keepBeat(client: Client, env: NodeJS.ProcessEnv, beat: object): void {
  appendToSpool(spoolPaths(env, client.id).waiting, beat);
}

/** Whether beats wait. */
export function hasWaiting(client: Client, env: NodeJS.ProcessEnv): boolean {
  return isWaiting(spoolPaths(env, client.id));
}

/** Remembers whom the token acts as, so that a beat finds the claims of this checkout while the server is away. */
export function rememberWho(client: Client, env: NodeJS.ProcessEnv, { fleet, agent }: Who): void {
  const { who } = spoolPaths(env, client.id);
  const text = `${JSON.stringify({ fleet, agent })}\n`;
  if (`${readLines(who)[0]}\n` !== text) writeWhole(who, Buffer.from(text), OWN);
}

/** Whom it acted as when the server was there last; null when that is not known. */
export function recallWho(client: Client, env: NodeJS.ProcessEnv): Who | null {
  const [line] = readLines(spoolPaths(env, client.id).who);
  if (line === undefined) return null;
  const { fleet, agent } = JSON.parse(line) as Record<string, unknown>;
  return typeof fleet === "string" && typeof agent === "string" ? { fleet, agent } : null;
}
