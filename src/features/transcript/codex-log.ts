import { parseTimestamp } from "../../vocabulary/timestamp.ts";
import { CallLedger } from "./call-ledger.ts";
import { splitMcpName } from "./claude-code-log.ts";
import { readEvent } from "./codex-events.ts";
import { outputOutcome } from "./codex-outcome.ts";
import {
  type HostLog,
  isObject,
  type LogEntry,
  type LoggedCall,
  type LogSession,
  textOf,
} from "./logged-call.ts";

/** Arguments stand in the log as the text that the model wrote. */
function argumentsOf(text: unknown): unknown {
  if (typeof text !== "string") return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Who works in a session that another one started. */
function subagentOf({ source, agent_nickname, agent_role, thread_source, parent_thread_id }: LogEntry) {
  const isStarted =
    (isObject(source) && "subagent" in source) || thread_source === "subagent" || textOf(parent_thread_id);
  return isStarted ? (textOf(agent_nickname) ?? textOf(agent_role) ?? "subagent") : undefined;
}

/** Only what is said: an absent member must not take away what is known already. */
function known(said: { [Name in keyof LoggedCall]?: LoggedCall[Name] | undefined }): Partial<LoggedCall> {
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

type Teller = (payload: LogEntry, at: number, line: number) => void;

/**
 * A session of Codex as it stands in `sessions/YYYY/MM/DD/rollout-*.jsonl`: lines of `{timestamp, type, payload}`.
 * What the model called and got are `response_item`s. Events say more of a call of the same id, before or after its
 * output, and alone tell of calls that a script of the model made (docs/decisions/0032).
 */
export class CodexLog implements HostLog {
  readonly #calls = new CallLedger();
  #subagent: string | undefined;
  /** Web searches told by an event, whose item has no id. */
  #searches = 0;
  session: LogSession | null = null;
  lastAt = 0;

  readonly #items: Readonly<Record<string, Teller>> = {
    function_call: (payload, at) => this.#call(payload, argumentsOf(payload.arguments), at),
    custom_tool_call: (payload, at) => this.#call(payload, payload.input, at),
    local_shell_call: (payload, at) =>
      this.#call({ name: "local_shell", call_id: payload.call_id ?? payload.id }, payload.action, at),
    tool_search_call: (payload, at) =>
      this.#call({ name: "tool_search", call_id: payload.call_id }, argumentsOf(payload.arguments), at),
    function_call_output: (payload, at) => this.#output(payload, payload.output, at),
    custom_tool_call_output: (payload, at) => this.#output(payload, payload.output, at),
    local_shell_call_output: (payload, at) => this.#output(payload, payload.output, at),
    tool_search_output: (payload, at) => this.#output(payload, payload.tools, at),
    web_search_call: (payload, at, line) => this.#search(payload, at, line),
  };

  read(entry: LogEntry, line: number): string | null {
    const at = parseTimestamp(String(entry.timestamp));
    if (at !== null && at > this.lastAt) this.lastAt = at;
    const { payload } = entry;
    if (!isObject(payload)) return null;
    if (entry.type === "session_meta") this.#meta(payload);
    if (entry.type === "response_item") return this.#item(payload, at, line);
    if (entry.type === "event_msg") this.#event(payload, at);
    return null;
  }

  /** A session that another one was forked from brings its own first line along: the first one counts. */
  #meta(payload: LogEntry): void {
    const id = textOf(payload.id) ?? textOf(payload.session_id);
    const cwd = textOf(payload.cwd);
    if (this.session !== null || id === undefined || cwd === undefined) return;
    this.session = { id, cwd };
    this.#subagent = subagentOf(payload);
  }

  #item(payload: LogEntry, at: number | null, line: number): string | null {
    const type = String(payload.type);
    if (!Object.hasOwn(this.#items, type)) return null;
    if (at === null) return `${type} without a time`;
    this.#items[type]?.(payload, at, line);
    return null;
  }

  #call({ call_id, name, namespace }: LogEntry, input: unknown, at: number): void {
    const id = textOf(call_id);
    const said = textOf(name) ?? "unknown";
    const space = textOf(namespace);
    const split = splitMcpName(space?.startsWith("mcp__") ? `${space.replace(/__$/, "")}__${said}` : said);
    if (id !== undefined) this.#calls.ask({ id, ...split, input, at, subagent: this.#subagent });
  }

  #output({ call_id }: LogEntry, output: unknown, at: number): void {
    this.#calls.answer(String(call_id), at, known({ output, outcome: outputOutcome(output) }));
  }

  #event(payload: LogEntry, at: number | null): void {
    const told = readEvent(payload);
    if (told === null) return;
    const { id, tool, server, outcome, durationMs } = told;
    const more = known({ outcome, durationMs, ...(server !== undefined && { server, tool }) });
    if (this.#calls.amend(id, more) || at === null) return;
    if (tool === "web_search") this.#searches += 1;
    this.#calls.tell({ ...told, at: at - (durationMs ?? 0), subagent: this.#subagent });
  }

  #search({ id, action }: LogEntry, at: number, line: number): void {
    const own = textOf(id);
    if (own !== undefined && this.#calls.amend(own, {})) return;
    if (own === undefined && this.#searches > 0) {
      this.#searches -= 1;
      return;
    }
    const call = own ?? `web-search-${line}-${this.session?.id ?? ""}`;
    this.#calls.tell({
      id: call,
      tool: "web_search",
      input: action,
      at,
      outcome: "ok",
      subagent: this.#subagent,
    });
  }

  takeAnswered(all: boolean) {
    return this.#calls.takeAnswered(all);
  }

  takeUnanswered() {
    return this.#calls.takeUnanswered();
  }
}
