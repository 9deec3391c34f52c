import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOST_NAMES, type HostName } from "./host.ts";
import { HOSTS } from "./hosts.ts";
import { readPayload } from "./read-payload.ts";

/** Payloads as the programs send them (version and source: capabilities.ts), shortened. */
const PAYLOADS: [string, HostName, string | null, unknown, Record<string, unknown>][] = [
  [
    "an MCP call of Claude Code by its name",
    "claude-code",
    null,
    {
      session_id: "8a5f",
      transcript_path: "/t.jsonl",
      cwd: "/r",
      permission_mode: "default",
      hook_event_name: "PostToolUse",
      tool_name: "mcp__context7__query-docs",
      tool_input: { libraryId: "/facebook/react", query: "hooks" },
      tool_response: { content: [{ type: "text", text: "…" }] },
      tool_use_id: "toolu_1",
      duration_ms: 12.4,
      mcp_server: { name: "context7", source: "project" },
    },
    { tool: "query-docs", server: "context7", builtIn: null, outcome: "ok", durationMs: 12, id: "toolu_1" },
  ],
  [
    "a failed call of a subagent of Claude Code",
    "claude-code",
    null,
    {
      session_id: "8a5f",
      cwd: "/r",
      agent_id: "a1",
      agent_type: "Explore",
      hook_event_name: "PostToolUseFailure",
      tool_name: "Bash",
      tool_input: { command: "false" },
      tool_use_id: "toolu_2",
      error: "Exit code 1",
      is_interrupt: false,
    },
    { tool: "Bash", builtIn: "shell", outcome: "error", subagent: "Explore", output: "Exit code 1" },
  ],
  [
    "an MCP call of Cursor, whose arguments are text",
    "cursor",
    null,
    {
      conversation_id: "c1",
      hook_event_name: "afterMCPExecution",
      cursor_version: "2.4.1",
      workspace_roots: ["/r"],
      tool_name: "query-docs",
      mcp_server_name: "context7",
      tool_input: '{"query":"hooks"}',
      result_json: '{"content":[]}',
      duration: 250,
    },
    {
      tool: "query-docs",
      server: "context7",
      input: { query: "hooks" },
      output: { content: [] },
      durationMs: 250,
    },
  ],
  [
    "a refused call of Cursor",
    "cursor",
    null,
    {
      conversation_id: "c1",
      hook_event_name: "postToolUseFailure",
      workspace_roots: ["/r"],
      tool_name: "Shell",
      tool_input: { command: "rm -rf x" },
      tool_use_id: "u1",
      cwd: "/r/sub",
      error_message: "denied",
      failure_type: "permission_denied",
    },
    { tool: "Shell", builtIn: "shell", outcome: "denied" },
  ],
  [
    "a command of Codex CLI, of which it does not say how it went",
    "codex-cli",
    null,
    {
      session_id: "01a2",
      turn_id: "t1",
      transcript_path: null,
      cwd: "/r",
      hook_event_name: "PostToolUse",
      model: "m",
      permission_mode: "default",
      tool_name: "Bash",
      tool_input: { command: "npm test" },
      tool_response: "…",
      tool_use_id: "call_0",
    },
    { tool: "Bash", builtIn: "shell", outcome: undefined, id: "call_0" },
  ],
  [
    "a failed MCP call of Gemini CLI",
    "gemini-cli",
    null,
    {
      session_id: "896b",
      cwd: "/r",
      hook_event_name: "AfterTool",
      timestamp: "2026-11-26T09:31:20.717Z",
      tool_name: "mcp_docs_fail-me",
      tool_input: {},
      tool_response: { llmContent: "boom", error: { message: "boom", type: "mcp_tool_error" } },
      mcp_context: { server_name: "docs", tool_name: "fail-me" },
    },
    { tool: "fail-me", server: "docs", outcome: "error" },
  ],
  [
    "a call of OpenCode, as its plugin hands it on",
    "opencode",
    null,
    {
      event: "tool.execute.after",
      sessionID: "ses_1",
      directory: "/r",
      tool: "docs_look_up",
      callID: "call_1",
      args: { query: "hooks" },
      output: "found",
      server: "docs",
      serverTool: "look_up",
    },
    { tool: "look_up", server: "docs", outcome: "ok", id: "call_1" },
  ],
  [
    "a failed call of Copilot CLI, whose command line names the event",
    "copilot-cli",
    "postToolUseFailure",
    {
      sessionId: "a91e",
      timestamp: 1795685603137,
      cwd: "/r",
      toolName: "view",
      toolArgs: { path: "/r/none.md" },
      error: "Path does not exist",
    },
    { tool: "view", builtIn: "read", outcome: "error", output: "Path does not exist" },
  ],
];

describe("readPayload", () => {
  it.each(PAYLOADS)("reads %s", (_, name, said, payload, call) => {
    expect(readPayload(HOSTS[name], payload, said)).toMatchObject({ call });
  });

  it("leaves an MCP call of Cursor to the event that names the server", () => {
    const payload = { hook_event_name: "postToolUse", tool_name: "MCP:query-docs", tool_input: {} };
    expect(readPayload(HOSTS.cursor, payload, null)).toBe("elsewhere");
  });

  it("knows no event that the table does not name, nor one that every object has", () => {
    for (const name of ["PreToolUse", "constructor", "__proto__"])
      expect(readPayload(HOSTS["claude-code"], { hook_event_name: name }, null)).toBeNull();
  });

  it("takes whatever a payload holds", () => {
    const host = fc.constantFrom(...HOST_NAMES);
    const odd = fc.dictionary(
      fc.constantFrom("tool_name", "tool_input", "tool_response", "mcp_server", "cwd"),
      fc.anything(),
    );
    fc.assert(
      fc.property(host, odd, (name, payload) => {
        const [event = ""] = Object.keys(HOSTS[name].events);
        for (const meaning of Object.keys(HOSTS[name].events))
          readPayload(HOSTS[name], { ...payload, hook_event_name: meaning, event: meaning }, event);
      }),
    );
  });
});
