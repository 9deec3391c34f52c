import type { BuiltIn } from "./built-in.ts";
import type { Host, Meaning } from "./host.ts";
import { memberOf, textOf } from "./member-of.ts";

/** A tool call, as a payload tells of it. */
export interface HostCall {
  /** The tool, as the host names it; of an MCP call as its server does. */
  tool: string;
  /** The MCP server; null for a tool that the host brings along. */
  server: string | null;
  /** What a built-in tool does; null for an MCP call. */
  builtIn: BuiltIn | null;
  input: unknown;
  output: unknown;
  /** Undefined where the host does not say how it went. */
  outcome: "ok" | "error" | "denied" | undefined;
  durationMs: number | undefined;
  id: string | undefined;
  subagent: string | undefined;
}

/** What one payload says. */
export interface HostEvent {
  name: string;
  meaning: Meaning;
  session: string | null;
  call: HostCall | null;
}

const CALLS: readonly Meaning[] = ["call", "failure", "denial"];

/** Some hosts write arguments as the text of their JSON. */
function unwrapped(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    // A text that begins like JSON is a text.
    return value;
  }
}

function hasFailed(host: Host, payload: unknown, output: unknown): boolean {
  const error = host.call.error === undefined ? undefined : memberOf(payload, host.call.error);
  const isError = [memberOf(output, "isError"), memberOf(output, "is_error")].includes(true);
  return isError || (error !== undefined && error !== null && error !== false && error !== "");
}

function outcomeOf(host: Host, meaning: Meaning, payload: unknown, output: unknown): HostCall["outcome"] {
  const { denied, tellsOutcome } = host.call;
  if (meaning === "denial") return "denied";
  if (denied !== undefined && memberOf(payload, denied.member) === denied.value) return "denied";
  if (meaning === "failure" || hasFailed(host, payload, output)) return "error";
  return tellsOutcome === false ? undefined : "ok";
}

function nameOf({ call, mcp, tools }: Host, payload: unknown): Pick<HostCall, "tool" | "server" | "builtIn"> {
  const said = textOf(payload, [call.tool]) ?? "unknown";
  const groups = mcp?.exec(said)?.groups;
  const server = textOf(payload, call.server === undefined ? [] : [call.server]) ?? groups?.server ?? null;
  if (server === null && groups === undefined)
    return {
      tool: said,
      server: null,
      builtIn: Object.hasOwn(tools, said) ? (tools[said] ?? null) : "other",
    };
  const own = call.serverTool === undefined ? null : textOf(payload, [call.serverTool]);
  // Without a server's name the tool stands for it.
  return { tool: own ?? groups?.tool ?? said, server: server ?? groups?.tool ?? said, builtIn: null };
}

function readCall(host: Host, meaning: Meaning, payload: unknown): HostCall {
  const { call } = host;
  const output = unwrapped(
    call.output.map((path) => memberOf(payload, path)).find((each) => each !== undefined),
  );
  const duration = call.duration === undefined ? undefined : memberOf(payload, call.duration);
  const isSane = typeof duration === "number" && Number.isFinite(duration) && duration >= 0;
  return {
    ...nameOf(host, payload),
    input: unwrapped(memberOf(payload, call.input)),
    output,
    outcome: outcomeOf(host, meaning, payload, output),
    durationMs: isSane ? Math.round(duration) : undefined,
    id: textOf(payload, call.id === undefined ? [] : [call.id])?.slice(0, 200),
    subagent: textOf(payload, call.subagent === undefined ? [] : [call.subagent])?.slice(0, 100),
  };
}

/**
 * What a payload says, by the table of its host; null for an event that the table does not name, `elsewhere` for a
 * call of which another event tells more.
 * @param said the event, where the command line says it
 */
export function readPayload(
  host: Host,
  payload: unknown,
  said: string | null,
): HostEvent | "elsewhere" | null {
  const name = host.event === null ? said : textOf(payload, [host.event]);
  const meaning = name !== null && Object.hasOwn(host.events, name) ? host.events[name] : undefined;
  if (name === null || meaning === undefined) return null;
  const tool = textOf(payload, [host.call.tool]);
  if (tool !== null && host.leaves?.[name]?.test(tool)) return "elsewhere";
  const call = CALLS.includes(meaning) ? readCall(host, meaning, payload) : null;
  return { name, meaning, session: textOf(payload, host.session), call };
}
