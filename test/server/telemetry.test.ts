import { gzipSync } from "node:zlib";
import { SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { OTLPLogExporter } from "@opentelemetry/exporter-logs-otlp-proto";
import { OTLPTraceExporter as JsonExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPTraceExporter as ProtoExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { LoggerProvider, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs";
import { BatchSpanProcessor, type SpanExporter, TracerProvider } from "@opentelemetry/sdk-trace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { listKept } from "../../src/features/evidence/live/contract.ts";
import type { listStates } from "../../src/features/heartbeat/live/contract.ts";
import { type ControlPlane, startControlPlane } from "../harness/control-plane.ts";

const SECRET = "PROMPT AND ANSWER";
const nano = (ms: number) => `${ms}000000`;
const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });

describe("OTLP/HTTP", () => {
  let plane: ControlPlane;
  let ada: string;
  let manager: string;
  beforeAll(async () => {
    plane = await startControlPlane();
    ada = await plane.token("agent", { agent: "ada" });
    manager = await plane.token("manager");
    await plane.admin("POST /api/v1/fleet/repository", { body: { name: "org/shop" } });
  });
  afterAll(() => plane.close());

  async function kept(agent: string, fleet?: string) {
    const query = { agent, limit: "100" } as never;
    const admin = fleet === undefined ? plane.admin : plane.as(await plane.token("viewer", { fleet }));
    return (await admin<typeof listKept>("GET /api/v1/evidence", { query })).body.items.map(
      ({ entry }) => entry,
    );
  }
  async function stateOf(agent: string) {
    const { body } = await plane.admin<typeof listStates>("GET /api/v1/heartbeat", {
      query: { agent } as never,
    });
    return body.items[0];
  }
  async function post(
    signal: string,
    token: string | null,
    body: unknown,
    headers: Record<string, string> = {},
  ) {
    const isBytes = body instanceof Uint8Array || typeof body === "string";
    const response = await fetch(`${plane.url}/v1/${signal}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      body: (isBytes ? body : JSON.stringify(body)) as string,
    });
    return {
      status: response.status,
      type: response.headers.get("content-type"),
      text: await response.text(),
    };
  }
  /** A span of a call, as OTLP's JSON has it. */
  function toolSpan(id: string, more: object[] = [], at = plane.clock.now()) {
    const attributes = [
      text("gen_ai.operation.name", "execute_tool"),
      text("gen_ai.tool.name", "Bash"),
      text("gen_ai.tool.call.id", id),
    ];
    const spans = [
      {
        traceId: "0af7651916cd43dd8448eb211c80319c",
        spanId: "b7ad6b7169203331",
        name: "execute_tool Bash",
        startTimeUnixNano: nano(at - 500),
        endTimeUnixNano: nano(at),
        attributes,
      },
    ];
    return { resourceSpans: [{ resource: { attributes: more }, scopeSpans: [{ spans }] }] };
  }

  async function exportWith(exporter: SpanExporter, call: string): Promise<void> {
    const resource = resourceFromAttributes({ "service.name": "my-agent", "service.version": "1.2.3" });
    const provider = new TracerProvider({ resource, spanProcessors: [new BatchSpanProcessor({ exporter })] });
    const tracer = provider.getTracer("test");
    const tool = tracer.startSpan("execute_tool search", {
      attributes: {
        "gen_ai.operation.name": "execute_tool",
        "gen_ai.tool.name": "search",
        "gen_ai.tool.call.id": call,
        "gen_ai.agent.name": "researcher",
        "gen_ai.conversation.id": "conversation-1",
        "gen_ai.tool.call.arguments": SECRET,
        "gen_ai.tool.call.result": SECRET,
      },
    });
    const client = tracer.startSpan(
      "tools/call search",
      {
        kind: SpanKind.CLIENT,
        attributes: {
          "mcp.method.name": "tools/call",
          "gen_ai.tool.name": "search",
          "mcp.server.name": "context7",
          "error.type": "tool_error",
        },
      },
      trace.setSpan((await import("@opentelemetry/api")).ROOT_CONTEXT, tool),
    );
    client.setStatus({ code: SpanStatusCode.ERROR, message: SECRET });
    client.end();
    tool.addEvent("gen_ai.choice", { content: SECRET });
    tool.end();
    tracer.startSpan("GET /", { attributes: { "http.request.method": "GET" } }).end();
    await provider.forceFlush();
    await provider.shutdown();
  }

  it("takes spans of the real SDK, in protobuf, JSON and gzip: one line for a call, a beat, and no content", async () => {
    const headers = { authorization: `Bearer ${ada}`, "growth-engine-task": "ENG-7" };
    const url = `${plane.url}/v1/traces`;
    await exportWith(new ProtoExporter({ url, headers }), "call-proto");
    await exportWith(new JsonExporter({ url, headers }), "call-json");
    await exportWith(new ProtoExporter({ url, headers, compression: "gzip" as never }), "call-gzip");
    const lines = await kept("ada");
    expect(lines.map(({ request_id }) => request_id).sort()).toEqual([
      "call-gzip",
      "call-json",
      "call-proto",
    ]);
    expect(lines[0]).toMatchObject({
      tool: "context7",
      doc_ref: "mcp://context7/search",
      call: "search",
      action: "consult",
      outcome: "error",
      agent: "ada",
      task: "ENG-7",
      session: "otlp-conversation-1",
      subagent: "researcher",
      host: "my-agent 1.2.3",
      recorder: { kind: "telemetry", name: "otlp" },
    });
    expect(JSON.stringify(lines)).not.toContain(SECRET);
    expect(JSON.stringify(await plane.query("select * from evidence_lines"))).not.toContain(SECRET);
    expect(await stateOf("ada")).toMatchObject({
      state: "fresh",
      task: "ENG-7",
      session: "otlp-conversation-1",
    });
  });

  it("takes the events of Claude Code, Codex and Gemini CLI, by the logs exporter of the real SDK", async () => {
    const token = await plane.token("agent", { agent: "bea" });
    const exporter = new OTLPLogExporter({
      url: `${plane.url}/v1/logs`,
      headers: { authorization: `Bearer ${token}` },
    });
    const provider = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })] });
    const logger = provider.getLogger("test");
    const at = plane.clock.now();
    const emit = (name: string, attributes: Record<string, string | number | boolean>) =>
      logger.emit({
        eventName: name,
        body: name,
        timestamp: at,
        attributes: { "session.id": "s-1", ...attributes },
      });
    emit("claude_code.user_prompt", { prompt: SECRET });
    emit("claude_code.tool_result", {
      "event.name": "tool_result",
      tool_name: "Bash",
      tool_use_id: "toolu_1",
      success: "false",
      duration_ms: "250",
      tool_parameters: JSON.stringify({ full_command: SECRET }),
      error: SECRET,
    });
    emit("claude_code.tool_result", {
      tool_name: "mcp_tool",
      tool_use_id: "toolu_2",
      success: "true",
      tool_parameters: JSON.stringify({ mcp_server_name: "docs", mcp_tool_name: "search" }),
    });
    emit("claude_code.tool_result", {
      tool_name: "Edit",
      tool_use_id: "toolu_3",
      success: "false",
      decision_type: "reject",
    });
    emit("codex.tool_result", {
      tool_name: "exec_command",
      call_id: "call_1",
      success: "true",
      duration_ms: "12",
      arguments: SECRET,
      output: SECRET,
    });
    emit("gemini_cli.tool_call", {
      function_name: "google_web_search",
      function_args: SECRET,
      success: true,
      duration_ms: 40,
    });
    await provider.forceFlush();
    await provider.shutdown();
    const lines = await kept("bea");
    const told = lines.map(({ tool, outcome, action, request_id }) => [tool, outcome, action, request_id]);
    expect(told).toEqual(
      expect.arrayContaining([
        ["shell", "error", "run", "toolu_1"],
        ["docs", "ok", "consult", "toolu_2"],
        ["edit", "denied", "edit", "toolu_3"],
        ["shell", "ok", "run", "call_1"],
        ["web-search", "ok", "consult", expect.stringMatching(/^log:[\da-f]{32}$/)],
      ]),
    );
    expect(told).toHaveLength(5);
    expect(JSON.stringify(lines)).not.toContain(SECRET);
    expect(Date.parse(String(lines.find(({ request_id }) => request_id === "toolu_1")?.timestamp))).toBe(
      at - 250,
    );
  });

  it("counts nothing twice when it is told again, and no beat that is old or older than what the agent said", async () => {
    const token = await plane.token("agent", { agent: "cy" });
    const body = toolSpan("call-again");
    expect(await post("traces", token, body)).toMatchObject({
      status: 200,
      type: "application/json",
      text: "{}",
    });
    expect((await post("traces", token, body)).text).toBe("{}");
    expect(await kept("cy")).toHaveLength(1);
    await plane.as(token)("POST /api/v1/heartbeat", { body: { status: "done" } as never });
    await post("traces", token, body);
    expect((await stateOf("cy"))?.status).toBe("done");
    const late = await plane.token("agent", { agent: "dan" });
    await post("traces", late, toolSpan("call-late", [], plane.clock.now() - 3_600_000));
    expect([(await kept("dan")).length, await stateOf("dan")]).toEqual([1, undefined]);
  });

  it("takes differences of metrics for a sign of life, and sums since the start for none", async () => {
    const token = await plane.token("agent", { agent: "eve" });
    const metric = (aggregationTemporality: number) => ({
      resourceMetrics: [
        {
          scopeMetrics: [
            {
              metrics: [
                {
                  name: "claude_code.token.usage",
                  sum: {
                    aggregationTemporality,
                    dataPoints: [
                      {
                        timeUnixNano: nano(plane.clock.now()),
                        asInt: "7",
                        attributes: [text("session.id", "s-9")],
                      },
                    ],
                  },
                },
              ],
            },
          ],
        },
      ],
    });
    expect((await post("metrics", token, metric(2))).status).toBe(200);
    expect(await stateOf("eve")).toBe(undefined);
    expect((await post("metrics", token, metric(1))).status).toBe(200);
    expect(await stateOf("eve")).toMatchObject({ state: "fresh", session: "otlp-s-9" });
  });

  it("lets a token of an agent speak for that agent alone, and a manager's for agents of the fleet", async () => {
    const other = await post("traces", ada, toolSpan("call-x", [text("growth_engine.agent", "bea")]));
    expect(JSON.parse(other.text)).toEqual({
      partialSuccess: {
        rejectedSpans: "1",
        errorMessage: "this token is of ada, and does not speak for bea",
      },
    });
    const named = await post("traces", manager, toolSpan("call-m"), { "growth-engine-agent": "ada" });
    expect(named.text).toBe("{}");
    expect((await kept("ada")).some(({ request_id }) => request_id === "call-m")).toBe(true);
    expect((await post("traces", manager, toolSpan("call-n"))).text).toContain("no agent is said");
    expect(
      (await post("traces", manager, toolSpan("call-n", [text("growth_engine.agent", "zoe")]))).text,
    ).toContain("no agent zoe");
    const foreign = await post("traces", ada, toolSpan("call-r"), {
      "growth-engine-repository": "org/absent",
    });
    expect(foreign.text).toContain("no repository org/absent");
  });

  it("keeps fleets apart", async () => {
    const token = await plane.token("agent", { agent: "ada", fleet: "other" });
    expect((await post("traces", token, toolSpan("call-of-other"))).text).toContain("no repository is said");
    const hers = { "growth-engine-repository": "org/shop" };
    expect((await post("traces", token, toolSpan("call-of-other"), hers)).text).toContain(
      "no repository org/shop",
    );
    const here = { "growth-engine-fleet": "default" };
    expect((await post("traces", token, toolSpan("call-of-other"), here)).status).toBeGreaterThanOrEqual(400);
    await plane.as(await plane.token("manager", { fleet: "other" }))("POST /api/v1/fleet/repository", {
      body: { name: "org/shop" } as never,
    });
    expect((await post("traces", token, toolSpan("call-of-other"))).text).toBe("{}");
    expect((await kept("ada", "other")).map(({ request_id }) => request_id)).toEqual(["call-of-other"]);
    expect((await kept("ada")).some(({ request_id }) => request_id === "call-of-other")).toBe(false);
  });

  it("answers what is wrong in the protocol's own words, in the form of the question", async () => {
    const missing = await post("traces", null, {});
    expect([missing.status, missing.type]).toEqual([401, "application/json"]);
    expect(JSON.parse(missing.text)).toMatchObject({ code: 16, message: expect.stringContaining("token") });
    const viewer = await plane.token("viewer");
    expect((await post("logs", viewer, {})).status).toBe(403);
    const broken = [
      ["{", "export request of traces"],
      ["[]", "it is no object"],
      [{ resourceSpans: {} }, "resourceSpans is no list"],
      [
        { resourceSpans: [{ scopeSpans: [{ spans: [{ traceId: 7 }] }] }] },
        "resourceSpans.0.scopeSpans.0.spans.0.traceId is no text",
      ],
      [{ resourceSpans: [{ scopeSpans: [{ spans: [{ traceId: "xyz" }] }] }] }, "hexadecimal"],
    ] as const;
    for (const [body, words] of broken) {
      const { status, text: answer } = await post("traces", ada, body);
      expect([status, answer]).toEqual([400, expect.stringContaining(words)]);
    }
    const binary = { "content-type": "application/x-protobuf" };
    const proto = await post("traces", ada, Uint8Array.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f, 1]), binary);
    expect([proto.status, proto.type]).toEqual([400, "application/x-protobuf"]);
    expect(proto.text).toContain("no export request of traces");
    expect((await post("traces", ada, new Uint8Array(), binary)).status).toBe(200);
    expect((await post("traces", ada, "x", { "content-type": "text/plain" })).text).toContain("text/plain");
    expect((await post("traces", ada, "x", { "content-encoding": "br" })).text).toContain('\\"br\\"');
    expect((await post("traces", ada, "x", { "content-encoding": "gzip" })).text).toContain("no gzip");
    const bomb = gzipSync(Buffer.alloc(64 << 20));
    expect((await post("traces", ada, bomb, { "content-encoding": "gzip" })).status).toBe(413);
    expect((await post("traces", ada, Buffer.alloc(9 << 20))).status).toBe(413);
  });
});
