import { hash } from "node:crypto";
import { parseTimestamp } from "../../vocabulary/timestamp.ts";
import { splitMcpName } from "../transcript/index.ts";
import {
  type Attributes,
  attributesOf,
  instantOf,
  listOf,
  numberIn,
  senderOf,
  textIn,
} from "./attributes.ts";
import type { Message } from "./decode-export.ts";
import type { SightedCall, Sighting } from "./sighting.ts";

type Told = Pick<SightedCall, "tool" | "server" | "outcome"> & { id: string | undefined };

function outcomeOf(attributes: Attributes): "ok" | "error" | undefined {
  const success = String(attributes.get("success"));
  return success === "true" ? "ok" : success === "false" ? "error" : undefined;
}

/** Names of an MCP call stand in a text of JSON, beside contents that are not kept. */
function mcpNames(attributes: Attributes): { server?: string; tool?: string } {
  try {
    const { mcp_server_name: server, mcp_tool_name: tool } = JSON.parse(
      String(attributes.get("tool_parameters") ?? "{}"),
    );
    return typeof server === "string" && typeof tool === "string" ? { server, tool } : {};
  } catch {
    return {};
  }
}

/** Claude Code: code.claude.com/docs/en/monitoring-usage, event `tool_result`. */
function claudeCode(attributes: Attributes): Told {
  const named = splitMcpName(textIn(attributes, "tool_name") ?? "unknown");
  const isDenied = textIn(attributes, "decision_type", "decision") === "reject";
  const outcome = isDenied ? "denied" : outcomeOf(attributes);
  return { ...named, ...mcpNames(attributes), id: textIn(attributes, "tool_use_id"), outcome };
}

/** Codex: openai/codex, codex-rs/otel/src/events/session_telemetry.rs, event `codex.tool_result`. */
function codex(attributes: Attributes): Told {
  const named = splitMcpName(textIn(attributes, "tool_name") ?? "unknown");
  const server = textIn(attributes, "mcp_server") ?? named.server;
  return { ...named, server, id: textIn(attributes, "call_id"), outcome: outcomeOf(attributes) };
}

/** Gemini CLI: google-gemini/gemini-cli, docs/cli/telemetry.md, event `gemini_cli.tool_call`. */
function geminiCli(attributes: Attributes): Told {
  const outcome = textIn(attributes, "decision") === "reject" ? "denied" : outcomeOf(attributes);
  const tool = textIn(attributes, "function_name") ?? "unknown";
  return { tool, server: textIn(attributes, "mcp_server_name"), id: textIn(attributes, "call_id"), outcome };
}

const CALLS: Readonly<Record<string, (attributes: Attributes) => Told>> = {
  "claude_code.tool_result": claudeCode,
  "codex.tool_result": codex,
  "gemini_cli.tool_call": geminiCli,
};
/** Other events that are an agent's own doing; what people type, and what failed on the way to a model, is none. */
const DEEDS: ReadonlySet<string> = new Set([
  ...["claude_code.api_request", "claude_code.assistant_response", "codex.api_request", "codex.sse_event"],
  ...["codex.websocket_event", "gemini_cli.api_response", "gemini_cli.file_operation"],
  ...["gen_ai.client.inference.operation.details"],
]);

function eventOf(record: Message, attributes: Attributes): string {
  const { stringValue } = (record.body ?? {}) as Message;
  const named = [record.eventName, attributes.get("event.name"), stringValue].map(String);
  const known = named.flatMap((name) => [name, `claude_code.${name}`]);
  return known.find((name) => Object.hasOwn(CALLS, name) || DEEDS.has(name)) ?? "";
}

/** When a record was written; of some exporters only the event itself says it. */
function timeOf(record: Message, attributes: Attributes): number | null {
  const said = parseTimestamp(String(attributes.get("event.timestamp")));
  return instantOf(record.timeUnixNano) ?? said ?? instantOf(record.observedTimeUnixNano);
}

function callOf(event: string, attributes: Attributes, at: number, session: string): SightedCall | null {
  const told = Object.hasOwn(CALLS, event) ? CALLS[event]?.(attributes) : undefined;
  if (told === undefined) return null;
  const durationMs = numberIn(attributes, "duration_ms");
  const sequence = attributes.get("event.sequence") ?? "";
  const own = `log:${hash("sha256", JSON.stringify([session, at, told.tool, sequence]), "hex").slice(0, 32)}`;
  const subagent = textIn(attributes, "gen_ai.agent.name", "agent.name");
  return { ...told, id: told.id ?? own, durationMs, at: at - (durationMs ?? 0), subagent };
}

/** What agents did, by an export request of logs. */
export function readLogRecords(request: Message): Sighting[] {
  return listOf(request, "resourceLogs").flatMap((group) => {
    const sender = senderOf(group);
    const records = listOf(group, "scopeLogs").flatMap((scope) => listOf(scope, "logRecords"));
    return records.flatMap((record) => {
      const attributes = attributesOf(record);
      const event = eventOf(record, attributes);
      const at = timeOf(record, attributes);
      const isFailed = !Object.hasOwn(CALLS, event) && attributes.has("error.message");
      if (event === "" || at === null || isFailed) return [];
      const session =
        textIn(attributes, "session.id", "conversation.id", "gen_ai.conversation.id") ??
        (String(record.traceId ?? "") || "unknown");
      return [{ sender, session, at, call: callOf(event, attributes, at, session) }];
    });
  });
}
