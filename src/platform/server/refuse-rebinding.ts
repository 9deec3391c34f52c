import type { FastifyRequest } from "fastify";
import { Refusal } from "../errors/index.ts";

/** Names of this machine to itself, without ports. */
const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

function hostnameOf(text: string): string | null {
  return URL.canParse(`http://${text}`) ? new URL(`http://${text}`).hostname : null;
}

/** `null` is what a page without an origin of its own says. */
function originHost(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

function refuse(message: string): never {
  throw new Refusal("ORIGIN_REFUSED", message, {
    hint: "call the server by its own name, and from no other site's page",
  });
}

/**
 * Keeps pages of other sites out, also those that made their name lead to this machine (DNS rebinding). A server that
 * only this machine reaches knows its names; elsewhere the certificate speaks for the name, and the origin of a page
 * must be the name that is called.
 * @throws Refusal ORIGIN_REFUSED
 */
export function refuseRebinding(request: FastifyRequest, isLoopback: boolean): void {
  const { host, headers } = request;
  const called = hostnameOf(host ?? "");
  if (called === null || (isLoopback && !LOOPBACK.has(called))) refuse(`${host} is no name of this server`);
  const { origin } = headers;
  if (origin === undefined) return;
  const from = originHost(origin);
  const isOwn = from !== null && (from === host || (isLoopback && LOOPBACK.has(hostnameOf(from) ?? "")));
  if (!isOwn) refuse(`a page of ${origin} may not call this server`);
}

/** Whether only this machine reaches a server that listens there. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host) || host === "::1";
}
