import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type Actor, actorName } from "../../vocabulary/actor.ts";
import type { Transaction } from "../database/index.ts";
import { isRefusal, Refusal } from "../errors/index.ts";
import { checkInput } from "./check-input.ts";
import { findKeptAnswer, keepAnswer, type NamedWrite } from "./kept-answer.ts";
import type { AuditEntry, ServerParts } from "./parts.ts";
import type { Call, DirectCall, Route } from "./route.ts";

const MAX_LINES_BYTES = 8 << 20;
const MAX_KEY = 200;
/** The fleet of what nobody was told to have done. */
export const NO_FLEET = "00000000-0000-0000-0000-000000000000";
const BEARER = /^Bearer (ge_[\w-]{20,200})$/i;
/** Refusals that a flood causes: a line each would be the flood's next victim. */
const UNAUDITED: ReadonlySet<string> = new Set(["TOO_MANY", "SERVER_BUSY"]);
const FLEET_HEADER = "growth-engine-fleet";

type AnyCall = DirectCall<Route["endpoint"]>;

function header(request: FastifyRequest, name: string): string | null {
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

/** Who calls. Failures are counted by address; who was good lately is not held up by others of its address. */
export async function signIn(
  { authenticate, limits, clock }: ServerParts,
  request: FastifyRequest,
): Promise<Actor> {
  const now = clock.now();
  let token: string | null = null;
  try {
    token = tokenOf(request);
    limits.refuseFlood(request.ip, token, now);
    const actor = await authenticate(token, header(request, FLEET_HEADER));
    limits.countSuccess(token, now);
    return actor;
  } catch (error) {
    if (token === null) limits.refuseFlood(request.ip, null, now);
    if (isRefusal(error) && error.code.startsWith("TOKEN_")) limits.countFailure(request.ip);
    throw error;
  }
}

/** Fails with a clear word before the body is looked at. */
function refuseRole({ endpoint }: Route, actor: Actor): void {
  if (endpoint.roles.includes(actor.role)) return;
  throw new Refusal(
    "TOKEN_ROLE",
    `${endpoint.name} is for ${endpoint.roles.join(", ")}; this token is of a ${actor.role}`,
    { hint: "use a token of one of these roles: growth-engine token add --help" },
  );
}

function callOf({ endpoint }: Route, request: FastifyRequest, actor: Actor, now: number): AnyCall {
  return {
    actor,
    now,
    params: checkInput(endpoint.params, "path", request.params) as AnyCall["params"],
    query: checkInput(endpoint.query, "query", request.query) as AnyCall["query"],
    body: (endpoint.lines
      ? request.body
      : checkInput(endpoint.body, "body", request.body)) as AnyCall["body"],
  };
}

function nameOf(request: FastifyRequest, { actor, params, query, body }: AnyCall): NamedWrite | null {
  const key = header(request, "idempotency-key");
  if (key === null) return null;
  if (key.length > MAX_KEY || !/^[!-~]+$/.test(key))
    throw new Refusal("INPUT_INVALID", `Idempotency-Key is not 1 to ${MAX_KEY} visible characters`);
  return { actor, key, asked: [request.method, request.url.split("?")[0], params, query, body] };
}

function entryOf(
  route: Route,
  request: FastifyRequest,
  actor: Actor | null,
  now: number,
): Omit<AuditEntry, "result"> {
  return {
    fleet: actor?.fleet.id ?? NO_FLEET,
    actor: actor ? actorName(actor) : "unknown",
    action: route.endpoint.name,
    target: request.url.split("?")[0]?.slice(0, 512) ?? "",
    address: request.ip,
    at: now,
  };
}

function transact(
  { database }: ServerParts,
  { allFleets }: Route,
  { actor }: AnyCall,
  work: (transaction: Transaction) => Promise<unknown>,
): Promise<unknown> {
  return allFleets ? database.inServer(work) : database.inFleet(actor.fleet.id, work);
}

/** The deed, its audit and its kept answer are one transaction: all of it happened, or nothing. */
function write(parts: ServerParts, route: Route, request: FastifyRequest, call: AnyCall): Promise<unknown> {
  const named = nameOf(request, call);
  return transact(parts, route, call, async (transaction) => {
    const kept = named && (await findKeptAnswer(transaction, named));
    if (kept) {
      if (!route.endpoint.secret) return kept.body;
      throw new Refusal("REFUSED", "this was done before, and its secret is shown once", { exit: 1 });
    }
    const answer = await route.answer?.({ ...call, transaction } as Call<Route["endpoint"]>);
    const body = route.endpoint.secret ? null : answer;
    if (named) await keepAnswer(transaction, named, { status: route.endpoint.status ?? 200, body }, call.now);
    await parts.audit(transaction, { ...entryOf(route, request, call.actor, call.now), result: "done" });
    return answer;
  });
}

function answer(parts: ServerParts, route: Route, request: FastifyRequest, call: AnyCall): Promise<unknown> {
  if (route.answerDirectly) return route.answerDirectly(call);
  if (route.endpoint.method !== "GET") return write(parts, route, request, call);
  return transact(parts, route, call, async (transaction) =>
    route.answer?.({ ...call, transaction } as Call<Route["endpoint"]>),
  );
}

/** Refusals of writes and of callers are kept; a read that found nothing is no event. */
export async function auditRefusal(
  parts: ServerParts,
  route: Route,
  request: FastifyRequest,
  actor: Actor | null,
  error: unknown,
): Promise<void> {
  if (!isRefusal(error) || UNAUDITED.has(error.code)) return;
  if (route.endpoint.method === "GET" && !error.code.startsWith("TOKEN_")) return;
  const entry = { ...entryOf(route, request, actor, parts.clock.now()), result: error.code };
  await parts.database.inFleet(entry.fleet, (transaction) => parts.audit(transaction, entry));
}

/** Puts a route on the server. Every call is signed in, checked, done and audited here. */
export function mountRoute(server: FastifyInstance, parts: ServerParts, route: Route): void {
  const { method, path, status, lines, maxBytes = lines ? MAX_LINES_BYTES : undefined } = route.endpoint;
  const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    let actor: Actor | null = null;
    try {
      actor = await signIn(parts, request);
      refuseRole(route, actor);
      const call = callOf(route, request, actor, parts.clock.now());
      const body = await answer(parts, route, request, call);
      reply.code(status ?? 200);
      return body;
    } catch (error) {
      await auditRefusal(parts, route, request, actor, error);
      throw error;
    }
  };
  server.route({
    method,
    url: path,
    ...(maxBytes === undefined ? {} : { bodyLimit: maxBytes }),
    config: { endpoint: route.endpoint.name },
    handler,
  });
}
