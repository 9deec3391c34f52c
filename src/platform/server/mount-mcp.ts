import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { createMcpHandler } from "@modelcontextprotocol/server";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Actor } from "../../vocabulary/actor.ts";
import { addressOf, readProblem } from "../client/index.ts";
import type { Endpoint } from "../endpoint/index.ts";
import { isFault, isRefusal, messageOf } from "../errors/index.ts";
import {
  createToolServer,
  type EndpointTool,
  endpointTool,
  isTool,
  type Json,
  type ToolServerParts,
} from "../mcp/index.ts";
import { auditRefusal } from "./mount-route.ts";
import type { ServerParts } from "./parts.ts";
import { isLoopback, refuseRebinding } from "./refuse-rebinding.ts";
import type { Route } from "./route.ts";
import { signIn } from "./sign-in.ts";

/** What clients of `/mcp` are told. */
export type McpWords = Pick<ToolServerParts, "instructions" | "prompts">;

/** What `/mcp` needs to know of the server that it is on. */
export interface McpOptions {
  version: string;
  mcp: McpWords;
  host: string;
  behindProxy: boolean;
}

/** The largest body of any route, and the envelope around it. */
const MAX_BODY_BYTES = (8 << 20) + (64 << 10);
/** Streams that a client holds open to hear of changes; tools do not change while we run. */
const MAX_STREAMS = 100;
/** What the caller says of a call as a whole and its route wants to hear. */
const PASSED_ON = ["authorization", "growth-engine-fleet", "idempotency-key"] as const;

/** A call to `/mcp` that was signed in. */
interface Caller {
  request: FastifyRequest;
  actor: Actor;
}

/** The call goes through the route itself, so that sign-in, role, check, transaction, audit and kept answer are its own. */
async function callRoute(
  server: FastifyInstance,
  { request }: Caller,
  tool: EndpointTool,
  given: Json,
): Promise<Json> {
  const { method, path, lines } = tool.endpoint;
  const { params, query, body } = tool.callOf(given);
  const passed = PASSED_ON.flatMap((name) => {
    const value = request.headers[name];
    return typeof value === "string" ? [[name, value]] : [];
  });
  const type = lines ? "application/x-ndjson" : "application/json";
  const { statusCode, payload } = await server.inject({
    method,
    url: addressOf(path, params, query),
    remoteAddress: request.ip,
    headers: { ...Object.fromEntries(passed), ...(body === undefined ? {} : { "content-type": type }) },
    ...(body === undefined ? {} : { payload: lines ? (body as string) : JSON.stringify(body) }),
  });
  if (statusCode >= 400) throw readProblem(statusCode, payload);
  return JSON.parse(payload) as Json;
}

function toolsOf(routes: readonly Route[]): ReadonlyMap<string, EndpointTool> {
  const asked = routes.map(({ endpoint }) => endpoint).filter(isTool);
  return new Map(asked.map((endpoint) => [endpoint.name, endpointTool(endpoint)]));
}

/** A web request of the SDK from one of the server. The connection's end ends it too. */
function webRequest(request: FastifyRequest, reply: FastifyReply): Request {
  const gone = new AbortController();
  reply.raw.once("close", () => gone.abort());
  const headers = Object.entries(request.headers).flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value] as [string, string]] : [],
  );
  return new Request(`${request.protocol}://${request.host}${request.url}`, {
    method: request.method,
    headers,
    signal: gone.signal,
    ...(request.body instanceof Buffer ? { body: new Uint8Array(request.body) } : {}),
  });
}

function sendWeb(reply: FastifyReply, response: Response): FastifyReply {
  reply.code(response.status).headers(Object.fromEntries(response.headers));
  return reply.send(response.body ? Readable.fromWeb(response.body as ReadableStream) : undefined);
}

function handlerOf(server: FastifyInstance, routes: readonly Route[], { version, mcp }: McpOptions) {
  const tools = toolsOf(routes);
  const report = (error: unknown): void => {
    if (isRefusal(error)) return;
    if (isFault(error)) server.log.warn({ err: error }, "a tool failed");
    else server.log.error({ err: error }, "a tool failed");
  };
  return createMcpHandler(
    ({ authInfo }) => {
      const caller = authInfo?.extra as unknown as Caller;
      const list = async () => [...tools.values()].filter(({ roles }) => roles?.includes(caller.actor.role));
      const find = (name: string) => {
        const tool = tools.get(name);
        return tool ? (given: Json) => callRoute(server, caller, tool, given) : null;
      };
      return createToolServer({ version, ...mcp, list, find, report });
    },
    {
      maxSubscriptions: MAX_STREAMS,
      maxRequestBodySize: MAX_BODY_BYTES,
      onerror: (error) => server.log.debug({ reason: messageOf(error) }, "a call of /mcp was refused"),
    },
  );
}

/** Whom a refused sign-in is written down for. */
const SIGN_IN: Endpoint = {
  name: "mcp_call",
  method: "POST",
  path: "/api/v1/mcp",
  says: "Signs in to /mcp.",
  roles: [],
  answer: z.never(),
};

/**
 * Puts `/mcp` on the server: the Model Context Protocol over Streamable HTTP, with a tool for each route. It keeps
 * nothing between requests, for clients of every generation, so any process behind one address answers any request.
 */
export function mountMcp(
  server: FastifyInstance,
  parts: ServerParts,
  routes: readonly Route[],
  options: McpOptions,
): void {
  const onlyHere = isLoopback(options.host) && !options.behindProxy;
  const mcp = handlerOf(server, routes, options);
  server.addHook("preClose", () => mcp.close());
  server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // The SDK reads the body itself, and answers what is wrong with it in the protocol's own words.
    scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
    scope.route({
      method: ["GET", "POST", "DELETE"],
      url: "/mcp",
      bodyLimit: MAX_BODY_BYTES,
      config: { endpoint: "mcp" },
      handler: async (request, reply) => {
        refuseRebinding(request, onlyHere);
        const actor = await signIn(parts, request).catch(async (error) => {
          await auditRefusal(parts, { endpoint: SIGN_IN }, request, null, error);
          throw error;
        });
        const extra = { request, actor } satisfies Caller;
        const authInfo = { token: "", clientId: actor.token, scopes: [], extra };
        return sendWeb(reply, await mcp.fetch(webRequest(request, reply), { authInfo }));
      },
    });
  });
}
