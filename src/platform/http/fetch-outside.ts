import { lookup } from "node:dns/promises";
import { type IncomingMessage, request as requestPlain } from "node:http";
import { request as requestTls } from "node:https";
import { isIP } from "node:net";
import { Fault, messageOf, Refusal } from "../errors/index.ts";
import { isPublicAddress } from "./is-public-address.ts";

/** What the server's own configuration says of addresses that others set. */
export interface OutsideRules {
  /** `host` or `host:port` that may lie in a private network, and be asked without TLS. */
  privateHosts: readonly string[];
}

export interface OutsideRequest {
  url: string;
  headers?: Readonly<Record<string, string>>;
  /** Largest body in bytes. */
  maxBytes: number;
  /** Milliseconds for all of it. */
  timeout: number;
}

export interface OutsideAnswer {
  status: number;
  body: Buffer;
}

interface Pinned {
  address: string;
  family: number;
}

function refuse(url: string, why: string): Refusal {
  return new Refusal("OUTSIDE_REFUSED", `${url.slice(0, 200)} ${why}`, {
    hint: "growth-engine serve --private-host <host>, when it is one of yours",
  });
}

function isTrusted({ privateHosts }: OutsideRules, { hostname, host }: URL): boolean {
  return privateHosts.includes(hostname) || privateHosts.includes(host);
}

function checkedUrl(text: string, rules: OutsideRules): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) throw refuse(text, "is no web address");
  if (url.username !== "" || url.password !== "") throw refuse(url.origin, "carries a password");
  if (url.protocol === "http:" && !isTrusted(rules, url)) throw refuse(text, "is not https");
  return url;
}

/** One look-up decides: who answers another address the next time reaches nobody. */
async function pin(url: URL, rules: OutsideRules): Promise<Pinned> {
  const name = url.hostname.replace(/^\[|\]$/g, "");
  const family = isIP(name);
  const found =
    family === 0 ? await lookup(name, { all: true, verbatim: true }) : [{ address: name, family }];
  const first = found[0];
  if (!first) throw refuse(url.origin, "has no address");
  if (!isTrusted(rules, url) && !found.every(({ address }) => isPublicAddress(address)))
    throw refuse(url.origin, "leads into a private network");
  return first;
}

async function readBody(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > maxBytes) throw new Error(`it answered over ${maxBytes} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function send(
  url: URL,
  { address, family }: Pinned,
  { headers, maxBytes, timeout }: OutsideRequest,
): Promise<OutsideAnswer> {
  const request = url.protocol === "https:" ? requestTls : requestPlain;
  return new Promise((resolve, reject) => {
    const outgoing = request(url, {
      headers: { accept: "application/json", "user-agent": "growth-engine", ...headers },
      signal: AbortSignal.timeout(timeout),
      agent: false,
      lookup: (_name, options, done) =>
        options.all ? done(null, [{ address, family }]) : done(null, address, family),
    });
    outgoing.on("error", reject);
    outgoing.on("response", (response) => {
      readBody(response, maxBytes)
        .then((body) => resolve({ status: response.statusCode ?? 0, body }))
        .catch((error) => {
          outgoing.destroy();
          reject(error);
        });
    });
    outgoing.end();
  });
}

/**
 * Asks an address that a user of ours set, as a server must: the name is resolved once, private and special addresses
 * are refused unless the server's own configuration names the host, redirects are not followed, size and time end.
 * @throws Refusal OUTSIDE_REFUSED for an address that is not to be asked; Fault OUTSIDE_UNAVAILABLE when it does not answer
 */
export async function fetchOutside(asked: OutsideRequest, rules: OutsideRules): Promise<OutsideAnswer> {
  const url = checkedUrl(asked.url, rules);
  try {
    return await send(url, await pin(url, rules), asked);
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    throw new Fault("OUTSIDE_UNAVAILABLE", `${url.origin} does not answer: ${messageOf(cause)}`, { cause });
  }
}
