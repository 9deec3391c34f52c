import type { Outcome } from "../evidence/index.ts";
import { resultOutcome } from "./codex-outcome.ts";
import { isObject, type LogEntry, type LoggedCall, textOf } from "./logged-call.ts";

/** What an event tells of a call: a call of the same id gets it, or it is told as a call of its own. */
export type EventCall = Omit<LoggedCall, "at" | "subagent">;

type Teller = (event: LogEntry) => Omit<EventCall, "id"> | null;

/** `{secs, nanos}`, as Rust writes a duration. */
export function durationOf(value: unknown): number | undefined {
  if (!isObject(value)) return undefined;
  const ms = Number(value.secs) * 1_000 + Number(value.nanos) / 1_000_000;
  return Number.isFinite(ms) && ms >= 0 ? Math.round(ms) : undefined;
}

/** The words of several versions: `declined` is what a person or a rule said. */
function outcomeOf({ status, exit_code: code, success, error }: LogEntry): Outcome | undefined {
  if (status === "declined") return "denied";
  if (typeof code === "number") return code === 0 ? "ok" : "error";
  if (typeof success === "boolean") return success ? "ok" : "error";
  if (status === "failed" || isObject(error)) return "error";
  return status === "completed" ? "ok" : undefined;
}

/** What a person typed at the prompt is not the agent's work. */
const OF_A_PERSON = ["userShell", "user_shell"];

function command(event: LogEntry) {
  if (OF_A_PERSON.includes(String(event.source))) return null;
  const { command: words, cwd, aggregated_output: output } = event;
  return { tool: "exec_command", input: { command: words, cwd }, output, outcome: outcomeOf(event) };
}

function patch(event: LogEntry) {
  const paths = isObject(event.changes) ? Object.keys(event.changes) : [];
  return { tool: "apply_patch", input: event.changes, paths, outcome: outcomeOf(event) };
}

function mcpCall(event: LogEntry) {
  const { server, tool, arguments: input } = isObject(event.invocation) ? event.invocation : event;
  const outcome = outcomeOf(event) === "error" ? "error" : resultOutcome(event.result);
  return { server: textOf(server), tool: textOf(tool) ?? "unknown", input, output: event.result, outcome };
}

function dynamicCall(event: LogEntry) {
  const tool = textOf(event.tool) ?? "unknown";
  return { tool, input: event.arguments, output: event.content_items, outcome: outcomeOf(event) };
}

function webSearch({ action, query }: LogEntry) {
  return { tool: "web_search", input: isObject(action) ? action : { query }, outcome: "ok" as const };
}

/** Events, and the items of `item_completed`, that tell of calls. */
const TELLERS: Readonly<Record<string, Teller>> = {
  exec_command_end: command,
  patch_apply_end: patch,
  mcp_tool_call_end: mcpCall,
  web_search_end: webSearch,
  commandexecution: command,
  filechange: patch,
  mcptoolcall: mcpCall,
  dynamictoolcall: dynamicCall,
  websearch: webSearch,
};

function spanOf({ started_at_ms: from, completed_at_ms: to }: LogEntry): number | undefined {
  return typeof from === "number" && typeof to === "number" && to >= from ? to - from : undefined;
}

/** The call that an event of a rollout tells of; null when it tells of none. */
export function readEvent(payload: LogEntry): EventCall | null {
  const item = payload.type === "item_completed" && isObject(payload.item) ? payload.item : null;
  const kind = item === null ? String(payload.type) : String(item.type).toLowerCase();
  const event = item ?? payload;
  const id = textOf(event.call_id) ?? textOf(event.id);
  const told = Object.hasOwn(TELLERS, kind) ? TELLERS[kind]?.(event) : null;
  if (id === undefined || told === null || told === undefined) return null;
  return { id, ...told, durationMs: durationOf(event.duration) ?? spanOf(payload) };
}
