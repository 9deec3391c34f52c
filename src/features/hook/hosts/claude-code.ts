import type { Host } from "../host.ts";

/**
 * Claude Code. Events and settings: code.claude.com/docs/en/hooks; members of payloads: types `HookInput` of the
 * package @anthropic-ai/claude-agent-sdk 0.3. Exit code 2 would block, and text on standard output would be read as
 * context or as a decision.
 */
export const CLAUDE_CODE: Host = {
  name: "claude-code",
  title: "Claude Code",
  event: "hook_event_name",
  session: ["session_id"],
  folder: ["cwd"],
  folderVariables: ["CLAUDE_PROJECT_DIR"],
  events: {
    SessionStart: "start",
    UserPromptSubmit: "activity",
    PostToolUse: "call",
    PostToolUseFailure: "failure",
    PermissionDenied: "denial",
    Notification: "pause",
    Stop: "pause",
    SessionEnd: "end",
  },
  // Cursor and Copilot CLI read Claude Code's settings too (cursor.com/docs/reference/third-party-hooks).
  strangers: { cursor_version: "cursor", timestamp: "copilot-cli" },
  call: {
    tool: "tool_name",
    input: "tool_input",
    output: ["tool_response", "error"],
    id: "tool_use_id",
    duration: "duration_ms",
    server: "mcp_server.name",
    subagent: "agent_type",
  },
  mcp: /^mcp__(?<server>.+?)__(?<tool>.+)$/,
  tools: {
    Read: "read",
    NotebookRead: "read",
    Edit: "edit",
    MultiEdit: "edit",
    Write: "edit",
    NotebookEdit: "edit",
    Bash: "shell",
    PowerShell: "shell",
    Glob: "repo-search",
    Grep: "repo-search",
    LS: "repo-search",
    LSP: "repo-search",
    WebFetch: "web-fetch",
    WebSearch: "web-search",
    Agent: "subagent",
    Task: "subagent",
  },
  settings: {
    file: ".claude/settings.json",
    form: "groups",
    // Copilot CLI, which reads these settings too, sets no such variable and starts in the folder of the project.
    command: (tool) => `node "\${CLAUDE_PROJECT_DIR:-.}/${tool}" claude-code`,
    timeout: { member: "timeout", value: 10 },
  },
};
