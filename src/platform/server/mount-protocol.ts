import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Actor, CallerRole } from "../../vocabulary/actor.ts";
import type { Endpoint } from "../endpoint/index.ts";
import { Refusal } from "../errors/index.ts";
import { auditRefusal } from "./mount-route.ts";
import type { ServerParts } from "./parts.ts";
import { type Problem, problemOf } from "./problem.ts";
import type { Headers } from "./route.ts";
import { headersOf, signIn } from "./sign-in.ts";

/** A call in somebody else's protocol, signed in. */
export interface ProtocolCall {
  actor: Actor;
  headers: Headers;
  /** The bytes that came. */
  body: Uint8Array;
  /** Milliseconds since 1970. */
  now: number;
}

export interface ProtocolAnswer {
  status: number;
  /** Media type. */
  type: string;
  body: Uint8Array | string;
}

/**
 * An address that another protocol fixes, with the bodies and refusals that are the protocol's own. It is no endpoint
 * of ours: neither in the OpenAPI page nor a tool.
 */
export interface ProtocolRoute {
  /** In metrics and in the audit. */
  name: Endpoint["name"];
  /** Is posted to. */
  path: string;
  roles: readonly CallerRole[];
  maxBytes: number;
  answer(call: ProtocolCall): Promise<ProtocolAnswer>;
  /** How the protocol words a refusal. */
  refuse(problem: Problem, headers: Headers): ProtocolAnswer;
}

/** Under what a refusal is written down. */
function auditedAs({ name, roles }: ProtocolRoute): Endpoint {
  return { name, method: "POST", path: "/api/v1/protocol", says: "", roles: [...roles], answer: z.never() };
}

function refuseRole({ name, roles }: ProtocolRoute, { role }: Actor): void {
  if (roles.includes(role)) return;
  throw new Refusal("TOKEN_ROLE", `${name} is for ${roles.join(", ")}; the role of this token is ${role}`, {
    hint: "use a token of one of these roles: growth-engine token add --help",
  });
}

/** As bytes: to a text Fastify would add a character set, which protocols do not ask for. */
function send(reply: FastifyReply, { status, type, body }: ProtocolAnswer): FastifyReply {
  return reply.code(status).header("content-type", type).send(Buffer.from(body));
}

function handlerOf(parts: ServerParts, route: ProtocolRoute) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    let actor: Actor | null = null;
    try {
      actor = await signIn(parts, request);
      refuseRole(route, actor);
      const body = request.body instanceof Uint8Array ? request.body : new Uint8Array();
      const call = { actor, headers: headersOf(request), body, now: parts.clock.now() };
      return send(reply, await route.answer(call));
    } catch (error) {
      await auditRefusal(parts, { endpoint: auditedAs(route) }, request, actor, error);
      throw error;
    }
  };
}

/** Puts a route of another protocol on the server. Calls are signed in, limited and, when refused, audited as all others. */
export function mountProtocol(server: FastifyInstance, parts: ServerParts, route: ProtocolRoute): void {
  server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
    scope.setErrorHandler((error, request, reply) => {
      const problem = problemOf(error);
      if (problem.status === 500) server.log.error({ err: error }, "a call failed");
      if (problem.status === 503 || problem.status === 429) reply.header("retry-after", "5");
      if (problem.status === 401) reply.header("www-authenticate", "Bearer");
      return send(reply, route.refuse(problem, headersOf(request)));
    });
    scope.route({
      method: "POST",
      url: route.path,
      bodyLimit: route.maxBytes,
      config: { endpoint: route.name },
      handler: handlerOf(parts, route),
    });
  });
}
