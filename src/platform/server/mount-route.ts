import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type Actor, actorName } from "../../vocabulary/actor.ts";
import type { Transaction } from "../database/index.ts";
import { isRefusal, Refusal } from "../errors/index.ts";
import { checkInput } from "./check-input.ts";
import { findKeptAnswer, keepAnswer, type NamedWrite } from "./kept-answer.ts";
import type { AuditEntry, ServerParts } from "./parts.ts";
import type { Call, DirectCall, Route } from "./route.ts";
import { header, headersOf, signIn } from "./sign-in.ts";

const MAX_LINES_BYTES = 8 << 20;
const MAX_KEY = 200;
/** The fleet of what nobody was told to have done. */
export const NO_FLEET = "00000000-0000-0000-0000-000000000000";
/** Refusals that a flood causes: a line each would be the flood's next victim. */
const UNAUDITED: ReadonlySet<string> = new Set(["TOO_MANY", "SERVER_BUSY"]);

type AnyCall = DirectCall<Route["endpoint"]>;

/** Fails with a clear word before the body is looked at. */
function refuseRole({ endpoint }: Route, actor: Actor): void {
  if (endpoint.roles.includes(actor.role)) return;
  throw new Refusal(
    "TOKEN_ROLE",
    `${endpoint.name} is for ${endpoint.roles.join(", ")}; the role of this token is ${actor.role}`,
    { hint: "use a token of one of these roles: growth-engine token add --help" },
  );
}

function callOf({ endpoint }: Route, request: FastifyRequest, actor: Actor, now: number): AnyCall {
  return {
    actor,
    now,
    headers: endpoint.raw ? headersOf(request) : {},
    params: checkInput(endpoint.params, "path", request.params) as AnyCall["params"],
    query: checkInput(endpoint.query, "query", request.query) as AnyCall["query"],
    body: (endpoint.lines || endpoint.raw
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

/** A part of the server whose JSON bodies stay the bytes that came. */
function takeBytes(scope: FastifyInstance): FastifyInstance {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, body, done) =>
    done(null, body),
  );
  return scope;
}

/** Puts a route on the server. Every call is signed in, checked, done and audited here. */
export function mountRoute(server: FastifyInstance, parts: ServerParts, route: Route): void {
  const { method, path, status, lines, raw, maxBytes = lines ? MAX_LINES_BYTES : undefined } = route.endpoint;
  const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    let actor: Actor | null = null;
    try {
      actor = await signIn(parts, request, route.wayIn);
      refuseRole(route, actor);
      const call = callOf(route, request, actor, parts.clock.now());
      const body = await answer(parts, route, request, call);
      reply.code(route.statusOf?.(body) ?? status ?? 200);
      return body;
    } catch (error) {
      await auditRefusal(parts, route, request, actor, error);
      throw error;
    }
  };
  const mount = (scope: FastifyInstance) =>
    scope.route({
      method,
      url: path,
      ...(maxBytes === undefined ? {} : { bodyLimit: maxBytes }),
      config: { endpoint: route.endpoint.name },
      handler,
    });
  if (raw) server.register(async (scope) => mount(takeBytes(scope)));
  else mount(server);
}
