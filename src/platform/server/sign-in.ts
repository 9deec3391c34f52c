import type { FastifyRequest } from "fastify";
import type { Actor } from "../../vocabulary/actor.ts";
import { isRefusal, Refusal } from "../errors/index.ts";
import type { ServerParts } from "./parts.ts";
import type { Headers, Stranger, WayIn } from "./route.ts";

const BEARER = /^Bearer (ge_[\w-]{20,200})$/i;
const FLEET_HEADER = "growth-engine-fleet";

/** A header that came once and is not empty. */
export function header(request: FastifyRequest, name: string): string | null {
  const value = request.headers[name];
  return typeof value === "string" && value !== "" ? value : null;
}

function tokenOf(request: FastifyRequest): string {
  const given = header(request, "authorization");
  const token = given && BEARER.exec(given)?.[1];
  if (token) return token;
  throw new Refusal(
    "TOKEN_MISSING",
    given ? "the Authorization header holds no token" : "a token is needed",
    {
      hint: "Authorization: Bearer ge_…; on the command line: GROWTH_ENGINE_TOKEN=ge_…",
    },
  );
}

/** All headers, each as one text. */
export function headersOf(request: FastifyRequest): Headers {
  const entries = Object.entries(request.headers);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, Array.isArray(value) ? value.at(-1) : value]),
  );
}

function strangerOf(request: FastifyRequest, now: number): Stranger {
  return {
    headers: headersOf(request),
    params: request.params as Stranger["params"],
    body: request.body instanceof Uint8Array ? request.body : new Uint8Array(),
    now,
  };
}

/** How a call wants in: the name under which its failures and successes are counted, and the door. */
interface Knock {
  name: string;
  open(): Promise<Actor>;
}

function knockOf(
  { authenticate }: ServerParts,
  request: FastifyRequest,
  wayIn: WayIn | undefined,
  now: number,
): Knock {
  if (wayIn !== undefined) {
    const stranger = strangerOf(request, now);
    const name = wayIn.knock(stranger);
    if (name !== null) return { name, open: () => wayIn.open(stranger) };
  }
  const token = tokenOf(request);
  return { name: token, open: () => authenticate(token, header(request, FLEET_HEADER)) };
}

/** Who calls. Failures are counted by address; who was good lately is not held up by others of its address. */
export async function signIn(parts: ServerParts, request: FastifyRequest, wayIn?: WayIn): Promise<Actor> {
  const { limits, clock } = parts;
  const now = clock.now();
  let knock: Knock | null = null;
  try {
    knock = knockOf(parts, request, wayIn, now);
    limits.refuseFlood(request.ip, knock.name, now);
    const actor = await knock.open();
    limits.countSuccess(knock.name, now);
    return actor;
  } catch (error) {
    if (knock === null) limits.refuseFlood(request.ip, null, now);
    if (isRefusal(error) && error.code.startsWith("TOKEN_")) limits.countFailure(request.ip);
    throw error;
  }
}
