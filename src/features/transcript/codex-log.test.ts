import { describe, expect, it } from "vitest";
import { CodexLog } from "./codex-log.ts";
import type { LogEntry } from "./logged-call.ts";

const at = (second: number) => `2026-03-25T11:31:${String(second).padStart(2, "0")}.000Z`;
const line = (second: number, type: string, payload: LogEntry): LogEntry => ({
  timestamp: at(second),
  type,
  payload,
});
const item = (second: number, payload: LogEntry) => line(second, "response_item", payload);
const event = (second: number, payload: LogEntry) => line(second, "event_msg", payload);
const META = line(0, "session_meta", { id: "t-1", cwd: "/w", cli_version: "0.116.0", source: "exec" });

function called(second: number, id: string, name: string, args: unknown): LogEntry {
  return item(second, { type: "function_call", call_id: id, name, arguments: JSON.stringify(args) });
}
const output = (second: number, id: string, text: unknown) =>
  item(second, { type: "function_call_output", call_id: id, output: text });

function readAll(entries: readonly LogEntry[]) {
  const log = new CodexLog();
  const faults = [META, ...entries].map((entry, index) => log.read(entry, index + 1));
  return {
    log,
    faults: faults.filter((fault) => fault !== null),
    answered: log.takeAnswered(true),
    left: log.takeUnanswered(),
  };
}

describe("CodexLog", () => {
  it("brings calls and outputs together, and reads outcomes in every form that versions wrote", () => {
    const { answered } = readAll([
      called(1, "c1", "exec_command", { cmd: "ls" }),
      output(
        3,
        "c1",
        "Chunk ID: 1\nWall time: 1 seconds\nProcess exited with code 7\nOutput:\nProcess exited with code 0",
      ),
      called(4, "c2", "shell", { command: ["ls"] }),
      output(5, "c2", JSON.stringify({ output: "x", metadata: { exit_code: 0, duration_seconds: 0.1 } })),
      called(6, "c3", "shell", { command: ["rm"] }),
      output(7, "c3", "exec command rejected by user"),
      called(8, "c4", "update_plan", {}),
      output(9, "c4", { content: "no", success: false }),
      called(10, "c5", "view_image", {}),
      output(11, "c5", [{ type: "input_text", text: "a picture" }]),
    ]);
    expect(answered.map(({ id, outcome, durationMs }) => [id, outcome, durationMs])).toEqual([
      ["c1", "error", 2_000],
      ["c2", "ok", 1_000],
      ["c3", "denied", 1_000],
      ["c4", "error", 1_000],
      ["c5", undefined, 1_000],
    ]);
    expect(answered[0]?.input).toEqual({ cmd: "ls" });
  });

  it("learns of MCP calls from their namespace and from events, before and after the output", () => {
    const end = (second: number, id: string, result: unknown) =>
      event(second, {
        type: "mcp_tool_call_end",
        call_id: id,
        invocation: { server: "docs", tool: "search", arguments: {} },
        duration: { secs: 1, nanos: 500_000_000 },
        result,
      });
    const namespaced = { type: "function_call", namespace: "mcp__docs", name: "search", arguments: "{}" };
    const { answered } = readAll([
      called(1, "c1", "mcp__docs__search", {}),
      end(2, "c1", { Ok: { content: [], isError: true } }),
      output(3, "c1", "[]"),
      item(4, { ...namespaced, call_id: "c2" }),
      output(6, "c2", "[]"),
      end(6, "c2", { Ok: { content: [], isError: false } }),
      end(8, "c3", { Err: "user rejected MCP tool call" }),
    ]);
    expect(
      answered.map(({ id, server, tool, outcome, durationMs }) => [id, server, tool, outcome, durationMs]),
    ).toEqual([
      ["c1", "docs", "search", "error", 1_500],
      ["c2", "docs", "search", "ok", 1_500],
      ["c3", "docs", "search", "denied", 1_500],
    ]);
  });

  it("tells of what a script of the model called, and not of what a person typed", () => {
    const done = (second: number, it: LogEntry) =>
      event(second, { type: "item_completed", started_at_ms: 1_000, completed_at_ms: 1_250, item: it });
    const { answered } = readAll([
      item(1, {
        type: "custom_tool_call",
        call_id: "x1",
        name: "exec",
        input: "await tools.exec_command({})",
      }),
      done(2, { type: "CommandExecution", id: "e1", command: ["ls"], exit_code: 1, source: "agent" }),
      done(2, { type: "CommandExecution", id: "e2", command: ["ls"], exit_code: 0, source: "userShell" }),
      done(2, { type: "FileChange", id: "e3", changes: { "/w/a.ts": {} }, status: "completed" }),
      done(2, { type: "AgentMessage", id: "e4" }),
      item(3, {
        type: "custom_tool_call_output",
        call_id: "x1",
        output: [{ type: "input_text", text: "ok" }],
      }),
      done(4, { type: "CommandExecution", id: "x1", exit_code: 0, source: "agent" }),
    ]);
    expect(answered.map(({ id, tool, outcome, durationMs }) => [id, tool, outcome, durationMs])).toEqual([
      ["e1", "exec_command", "error", 250],
      ["e3", "apply_patch", "ok", 250],
      ["x1", "exec", "ok", 250],
    ]);
    expect(answered[1]?.paths).toEqual(["/w/a.ts"]);
  });

  it("counts a web search once, whether event, item or both tell of it", () => {
    const search = {
      type: "web_search_call",
      status: "completed",
      action: { type: "search", query: "react" },
    };
    const { answered } = readAll([
      event(1, { type: "web_search_end", call_id: "ws_1", query: "react", action: search.action }),
      item(1, search),
      item(2, search),
      item(3, { ...search, id: "ws_2" }),
      event(3, { type: "web_search_end", call_id: "ws_2", query: "react" }),
    ]);
    expect(answered.map(({ id }) => id)).toEqual(["ws_1", "web-search-4-t-1", "ws_2"]);
  });

  it("takes the first session line of a fork, and names who works in a session that another started", () => {
    const log = new CodexLog();
    const source = { subagent: { thread_spawn: { parent_thread_id: "t-0", depth: 1 } } };
    log.read(
      line(0, "session_meta", { id: "t-2", session_id: "t-0", cwd: "/w", source, agent_nickname: "Ada" }),
      1,
    );
    log.read(line(0, "session_meta", { id: "t-0", cwd: "/parent" }), 2);
    log.read(called(1, "c1", "exec_command", {}), 3);
    expect([log.session, log.takeUnanswered()]).toMatchObject([
      { id: "t-2", cwd: "/w" },
      [{ subagent: "Ada" }],
    ]);
  });

  it("names calls without a time, and passes over what it does not know", () => {
    const { faults, answered } = readAll([
      { ...called(1, "c1", "shell", {}), timestamp: 12 },
      item(2, { type: "constructor" }),
      event(2, { type: "__proto__", id: "x" }),
      { type: "response_item", payload: "text" },
      { type: "compacted", payload: { message: "x" } },
      item(3, { type: "function_call", call_id: "c2", name: "shell", arguments: "{not json" }),
      output(4, "c2", null),
    ]);
    expect(faults).toEqual(["function_call without a time"]);
    expect(answered).toMatchObject([{ id: "c2", input: "{not json" }]);
  });
});
