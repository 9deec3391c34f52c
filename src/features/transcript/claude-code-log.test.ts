import { describe, expect, it } from "vitest";
import { ClaudeCodeLog, splitMcpName } from "./claude-code-log.ts";
import type { LogEntry } from "./logged-call.ts";

const BASE = { sessionId: "s-1", cwd: "/w", isSidechain: false, version: "2.1.39", userType: "external" };
const at = (second: number) => `2026-02-12T16:02:${String(second).padStart(2, "0")}.000Z`;

function uses(second: number, id: string, name: string, more: LogEntry = {}): LogEntry {
  const content = [{ type: "tool_use", id, name, input: { query: "hooks" } }];
  return {
    ...BASE,
    type: "assistant",
    message: { role: "assistant", content },
    timestamp: at(second),
    ...more,
  };
}

function answers(second: number, id: string, content: unknown, isError = false): LogEntry {
  const block = { type: "tool_result", tool_use_id: id, content, is_error: isError };
  return { ...BASE, type: "user", message: { role: "user", content: [block] }, timestamp: at(second) };
}

function readAll(entries: readonly LogEntry[]) {
  const log = new ClaudeCodeLog();
  const faults = entries.map((entry) => log.read(entry)).filter((fault) => fault !== null);
  return { log, faults, answered: log.takeAnswered(true), left: log.takeUnanswered() };
}

describe("ClaudeCodeLog", () => {
  it("brings calls and answers together, with time, duration and outcome", () => {
    const { log, answered } = readAll([
      { type: "file-history-snapshot", messageId: "m" },
      uses(1, "toolu_1", "mcp__context7__query-docs"),
      uses(2, "toolu_2", "Bash"),
      answers(5, "toolu_2", "boom", true),
      answers(6, "toolu_1", [{ type: "text", text: "docs" }]),
    ]);
    expect(log.session).toEqual({ id: "s-1", cwd: "/w" });
    expect(answered).toMatchObject([
      { id: "toolu_2", tool: "Bash", outcome: "error", durationMs: 3_000 },
      { id: "toolu_1", tool: "query-docs", server: "context7", outcome: "ok", durationMs: 5_000 },
    ]);
    expect(answered[1]?.at).toBe(Date.parse(at(1)));
  });

  it("tells what a person or a rule denied from what failed", () => {
    const { answered } = readAll([
      uses(1, "toolu_1", "Bash"),
      uses(1, "toolu_2", "Bash"),
      uses(1, "toolu_3", "Bash"),
      answers(2, "toolu_1", "The user doesn't want to proceed with this tool use.", true),
      answers(2, "toolu_2", [{ type: "text", text: "Permission to use Bash has been denied." }], true),
      answers(2, "toolu_3", "grep says: The user doesn't want to", true),
    ]);
    expect(answered.map(({ outcome }) => outcome)).toEqual(["denied", "denied", "error"]);
  });

  it("names the subagent of a file of its own, and one whose calls stand in the session's file", () => {
    const { answered } = readAll([
      uses(1, "toolu_1", "Read", { isSidechain: true, agentId: "a2898e3" }),
      uses(1, "toolu_2", "Read", { isSidechain: true }),
      uses(1, "toolu_3", "Read"),
      ...["toolu_1", "toolu_2", "toolu_3"].map((id) => answers(2, id, "text")),
    ]);
    expect(answered.map(({ subagent }) => subagent)).toEqual(["a2898e3", "sidechain", undefined]);
  });

  it("keeps calls without an answer apart, passes over answers to nobody, and names calls without a time", () => {
    const { answered, left, faults } = readAll([
      uses(1, "toolu_1", "Read"),
      answers(2, "toolu_9", "text"),
      uses(3, "toolu_2", "Read", { timestamp: "yesterday" }),
      { ...BASE, message: { content: [{ type: "tool_use" }, "text", null, { type: 7 }] }, timestamp: at(4) },
      { ...BASE, message: { content: "a text" }, timestamp: at(5) },
    ]);
    expect([answered, left.map(({ id }) => id)]).toEqual([[], ["toolu_1"]]);
    expect(faults).toEqual(["the call toolu_2 without a time", "a tool call without id or name"]);
  });
});

describe("splitMcpName", () => {
  it("takes server and tool apart, and a plugin's name off", () => {
    expect(splitMcpName("mcp__plugin_context7_context7__query-docs")).toEqual({
      server: "context7",
      tool: "query-docs",
    });
    expect(splitMcpName("mcp__my_server__do__it")).toEqual({ server: "my_server", tool: "do__it" });
    expect(splitMcpName("Bash")).toEqual({ tool: "Bash" });
  });
});
