import { splitMcpName } from "../transcript/index.ts";
import { type Attributes, attributesOf, instantOf, listOf, senderOf, textIn } from "./attributes.ts";
import type { Message } from "./decode-export.ts";
import type { SightedCall, Sighting } from "./sighting.ts";

/** opentelemetry/proto/trace/v1/trace.proto: SpanKind and StatusCode. */
const SERVER = 2;
const ERROR = 2;
/** Spans of hosts that follow no convention, which still are something that the agent did. */
const OF_HOSTS = /^(?:claude_code|codex|gemini_cli)\./;

interface Span {
  id: string;
  parent: string;
  trace: string;
  name: string;
  from: number;
  to: number;
  attributes: Attributes;
  isError: boolean;
}

function spanOf(message: Message): Span | null {
  const from = instantOf(message.startTimeUnixNano);
  if (from === null || message.kind === SERVER) return null;
  const attributes = attributesOf(message);
  const { code } = (message.status ?? {}) as Message;
  return {
    id: String(message.spanId ?? ""),
    parent: String(message.parentSpanId ?? ""),
    trace: String(message.traceId ?? ""),
    name: String(message.name ?? ""),
    from,
    to: Math.max(from, instantOf(message.endTimeUnixNano) ?? from),
    attributes,
    isError: code === ERROR || attributes.has("error.type"),
  };
}

/** What every call of a span has. */
function callOf(span: Span, tool: string): SightedCall {
  const { attributes, from, to } = span;
  const split = splitMcpName(tool);
  return {
    id: textIn(attributes, "gen_ai.tool.call.id") ?? `span:${span.trace}:${span.id}`,
    tool: split.tool,
    server: textIn(attributes, "mcp.server.name") ?? split.server,
    outcome: span.isError ? "error" : "ok",
    durationMs: to - from,
    at: from,
    subagent: textIn(attributes, "gen_ai.agent.name"),
  };
}

/**
 * The call of a span by the conventions: `execute_tool` of GenAI, `tools/call` and `resources/read` of MCP
 * (github.com/open-telemetry/semantic-conventions-genai); null for other operations, undefined for other spans.
 */
function conventionalCall(span: Span): SightedCall | null | undefined {
  const { attributes, name } = span;
  const method = textIn(attributes, "mcp.method.name");
  const operation = textIn(attributes, "gen_ai.operation.name");
  const tool = textIn(attributes, "gen_ai.tool.name");
  const server = textIn(attributes, "mcp.server.name", "server.address") ?? "mcp";
  if (method === "tools/call") {
    const call = callOf(span, tool ?? "unknown");
    return { ...call, server: call.server ?? server };
  }
  if (method === "resources/read") {
    const resource = textIn(attributes, "mcp.resource.uri");
    return { ...callOf(span, "read_mcp_resource"), server: undefined, resource };
  }
  if (operation === "execute_tool") return callOf(span, tool ?? "unknown");
  return method !== undefined || operation !== undefined || OF_HOSTS.test(name) ? null : undefined;
}

/** A call and the MCP request within it are one call, which two instrumentations tell of. */
function withoutInner(spans: readonly { span: Span; call: SightedCall | null }[]) {
  const outer = new Map(
    spans.flatMap(({ span, call }) => (call === null ? [] : ([[span.id, call]] as const))),
  );
  return spans.filter(({ span, call }) => {
    const around = call === null ? undefined : outer.get(span.parent);
    if (around === undefined || call === null) return true;
    around.server ??= call.server;
    if (call.outcome === "error") around.outcome = "error";
    return false;
  });
}

/** What agents did, by an export request of traces. */
export function readSpans(request: Message): Sighting[] {
  return listOf(request, "resourceSpans").flatMap((group) => {
    const sender = senderOf(group);
    const spans = listOf(group, "scopeSpans").flatMap((scope) => listOf(scope, "spans"));
    const read = spans.flatMap((message) => {
      const span = spanOf(message);
      const call = span === null ? undefined : conventionalCall(span);
      return span === null || call === undefined ? [] : [{ span, call }];
    });
    return withoutInner(read).map(({ span, call }) => {
      const { attributes, trace, to } = span;
      const session =
        textIn(attributes, "gen_ai.conversation.id", "session.id", "conversation.id", "mcp.session.id") ??
        trace;
      return { sender, session, at: to, call };
    });
  });
}
