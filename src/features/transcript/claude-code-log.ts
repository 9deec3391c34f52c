import { parseTimestamp } from "../../vocabulary/timestamp.ts";
import { CallLedger } from "./call-ledger.ts";
import { type HostLog, isObject, type LogEntry, type LogSession, textOf } from "./logged-call.ts";

/** How Claude Code words that a person, a rule or a hook said no. */
const DENIED =
  /^(?:Error: )?(?:The user doesn't want to|User rejected|Permission (?:to use|for)|Claude requested permissions|\[Request interrupted by user)/i;

/** Texts at the beginning of an answer: its content, or what the host made of it. */
function beginningOf(content: unknown, made: unknown): string[] {
  const parts = Array.isArray(content) ? content.filter(isObject).map(({ text }) => text) : [content];
  return [...parts.slice(0, 1), made].flatMap((each) => (typeof each === "string" ? [each.trimStart()] : []));
}

/** `mcp__<server>__<tool>`; a plugin that brings a server of its own name says the name twice. */
export function splitMcpName(name: string): { server?: string; tool: string } {
  const [, full, tool] = /^mcp__(.+?)__(.+)$/s.exec(name) ?? [];
  if (full === undefined || tool === undefined) return { tool: name };
  const [, twice] = /^plugin_(.+)_\1$/s.exec(full) ?? [];
  return { server: twice ?? full, tool };
}

/**
 * A session of Claude Code as it stands in `projects/<folder>/<session>.jsonl`: messages as the API takes them, each
 * with session, working folder and time. Of a subagent the entries say `isSidechain`, in the same file or in one of
 * its own (`agent-<id>.jsonl`), where `sessionId` is still that of the session that started it.
 * Formats as seen from 1.0 to 2.1 (docs/decisions/0032).
 */
export class ClaudeCodeLog implements HostLog {
  readonly #calls = new CallLedger();
  session: LogSession | null = null;
  lastAt = 0;

  read(entry: LogEntry): string | null {
    const id = textOf(entry.sessionId);
    const cwd = textOf(entry.cwd);
    if (this.session === null && id !== undefined && cwd !== undefined) this.session = { id, cwd };
    const at = parseTimestamp(String(entry.timestamp));
    if (at !== null && at > this.lastAt) this.lastAt = at;
    const content = isObject(entry.message) ? entry.message.content : null;
    const blocks = Array.isArray(content) ? content.filter(isObject) : [];
    const faults = blocks.map((block) => this.#block(block, entry, at));
    return faults.find((fault) => fault !== null) ?? null;
  }

  #block(block: LogEntry, entry: LogEntry, at: number | null): string | null {
    const type = String(block.type);
    if (type.endsWith("tool_use")) return this.#use(block, entry, at);
    if (type.endsWith("tool_result")) this.#result(block, entry, at);
    return null;
  }

  #use({ id, name, input }: LogEntry, entry: LogEntry, at: number | null): string | null {
    const call = textOf(id);
    const tool = textOf(name);
    if (call === undefined || tool === undefined) return "a tool call without id or name";
    if (at === null) return `the call ${call} without a time`;
    const subagent = entry.isSidechain === true ? (textOf(entry.agentId) ?? "sidechain") : undefined;
    this.#calls.ask({ id: call, ...splitMcpName(tool), input, at, subagent });
    return null;
  }

  #result({ tool_use_id: id, content, is_error }: LogEntry, entry: LogEntry, at: number | null): void {
    const said = beginningOf(content, entry.toolUseResult);
    const isDenied = is_error === true && said.some((text) => DENIED.test(text));
    const outcome = isDenied ? "denied" : is_error === true ? "error" : "ok";
    this.#calls.answer(String(id), at, { output: content, outcome });
  }

  takeAnswered(all: boolean) {
    return this.#calls.takeAnswered(all);
  }

  takeUnanswered() {
    return this.#calls.takeUnanswered();
  }
}
