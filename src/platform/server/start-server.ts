import { readFileSync } from "node:fs";
import { type FastifyInstance, type FastifyReply, fastify, LogController } from "fastify";
import { collectDefaultMetrics, Histogram, Registry } from "prom-client";
import { messageOf, Refusal } from "../errors/index.ts";
import type { Log } from "../log/index.ts";
import { type McpWords, mountMcp } from "./mount-mcp.ts";
import { mountProtocol, type ProtocolRoute } from "./mount-protocol.ts";
import { mountRoute } from "./mount-route.ts";
import { openApi } from "./open-api.ts";
import type { ServerParts } from "./parts.ts";
import { problemOf } from "./problem.ts";
import type { Route } from "./route.ts";
import { signInLimits } from "./sign-in-limits.ts";

export interface ServerOptions extends Omit<ServerParts, "limits"> {
  routes: readonly Route[];
  /** What stands beside them, at addresses of other protocols. */
  protocols: readonly ProtocolRoute[];
  /** What clients of the Model Context Protocol are told. */
  mcp: McpWords;
  version: string;
  host: string;
  /** 0 takes a free one. */
  port: number;
  tls: { cert: string; key: string } | null;
  /** Whether `X-Forwarded-*` is believed. */
  behindProxy: boolean;
  log: Log;
  /** What has to be well for this process to take calls: name → a promise that fails when it is not. */
  checks: Readonly<Record<string, () => Promise<unknown>>>;
}

/** A server that listens. */
export interface HttpServer {
  url: string;
  metrics: Registry;
  /** Takes no new calls, answers those that it took, and ends. */
  close(): Promise<void>;
}

const MAX_BODY_BYTES = 1 << 20;
const MAX_PARAM = 512;
const REQUEST_MS = 30_000;
const LATENCY_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

function createServer({ tls, behindProxy, log }: ServerOptions): FastifyInstance {
  const https = tls && { cert: readFileSync(tls.cert), key: readFileSync(tls.key) };
  return fastify({
    ...(https ? { https } : {}),
    trustProxy: behindProxy,
    loggerInstance: log,
    // Nothing is logged of a single call, so none needs a logger of its own.
    childLoggerFactory: (logger: unknown) => logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_MS,
    routerOptions: { maxParamLength: MAX_PARAM },
    forceCloseConnections: "idle",
    return503OnClosing: true,
  } as object) as unknown as FastifyInstance;
}

function measure(server: FastifyInstance, metrics: Registry): void {
  const latency = new Histogram({
    name: "growth_engine_http_request_duration_seconds",
    help: "Time to answer, by endpoint and status.",
    labelNames: ["endpoint", "status"] as const,
    buckets: LATENCY_SECONDS,
    registers: [metrics],
  });
  // Asked by its labels, the histogram would make the name of the series anew for each call.
  const series = new Map<string, ReturnType<typeof latency.labels>>();
  const seriesOf = (endpoint: string, status: number) => {
    const name = `${status} ${endpoint}`;
    const known = series.get(name) ?? latency.labels(endpoint, String(status));
    series.set(name, known);
    return known;
  };
  server.addHook("onResponse", (request, reply, done) => {
    const { endpoint } = request.routeOptions.config as { endpoint?: string };
    seriesOf(endpoint ?? "none", reply.statusCode).observe(reply.elapsedTime / 1000);
    done();
  });
}

function sendProblem(server: FastifyInstance, error: unknown, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error);
  if (problem.status === 500) server.log.error({ err: error }, "a call failed");
  if (problem.status === 503 || problem.status === 429) reply.header("retry-after", "5");
  if (problem.status === 401) reply.header("www-authenticate", "Bearer");
  return reply.code(problem.status).type("application/problem+json").send(JSON.stringify(problem));
}

/** Which of the checks fail, and why. */
async function failing(checks: ServerOptions["checks"]): Promise<Record<string, string>> {
  const names = Object.keys(checks);
  const results = await Promise.allSettled(names.map((name) => checks[name]?.()));
  const pairs = results.flatMap((result, index) =>
    result.status === "rejected" ? [[names[index] ?? "", problemOf(result.reason).detail]] : [],
  );
  return Object.fromEntries(pairs);
}

function mountOwn(server: FastifyInstance, options: ServerOptions, metrics: Registry): void {
  const page = openApi(
    options.routes.map(({ endpoint }) => endpoint),
    options.version,
  );
  server.get("/api/openapi.json", () => page);
  server.get("/healthz", () => ({ status: "ok", version: options.version }));
  server.get("/readyz", async (_request, reply) => {
    const failed = await failing(options.checks);
    const ready = Object.keys(failed).length === 0;
    return reply.code(ready ? 200 : 503).send({ status: ready ? "ready" : "not ready", failed });
  });
  server.get("/metrics", async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.metrics()),
  );
}

function harden(server: FastifyInstance): void {
  server.addHook("onSend", (_request, reply, _payload, done) => {
    reply.headers({ "cache-control": "no-store", "x-content-type-options": "nosniff" });
    done();
  });
  server.addContentTypeParser("application/x-ndjson", { parseAs: "string" }, (_request, body, done) =>
    done(null, body),
  );
  server.setErrorHandler((error, _request, reply) => sendProblem(server, error, reply));
  server.setNotFoundHandler((request, reply) => {
    const missing = new Refusal(
      "ROUTE_UNKNOWN",
      `there is no ${request.method} ${request.url.split("?")[0]}`,
      {
        hint: "see /api/openapi.json",
      },
    );
    return sendProblem(server, missing, reply);
  });
}

async function listen(server: FastifyInstance, { host, port }: ServerOptions): Promise<string> {
  try {
    return await server.listen({ host, port });
  } catch (error) {
    throw new Refusal("INPUT_INVALID", `${host}:${port} cannot be listened on: ${messageOf(error)}`, {
      hint: "growth-engine serve --port <another>",
    });
  }
}

/**
 * Starts the HTTP server of the control plane.
 * @throws Refusal INPUT_INVALID when it cannot listen there
 */
export async function startServer(options: ServerOptions): Promise<HttpServer> {
  const server = createServer(options);
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  measure(server, metrics);
  harden(server);
  mountOwn(server, options, metrics);
  const parts: ServerParts = { ...options, limits: signInLimits() };
  for (const route of options.routes) mountRoute(server, parts, route);
  for (const protocol of options.protocols) mountProtocol(server, parts, protocol);
  mountMcp(server, parts, options.routes, options);
  const url = await listen(server, options);
  return { url, metrics, close: () => server.close() };
}
