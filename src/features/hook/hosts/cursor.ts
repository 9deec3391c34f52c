import type { Host } from "../host.ts";

/**
 * Cursor, editor and `cursor-agent`. Events, payloads and settings: cursor.com/docs/hooks. A failed hook lets the
 * action go on. MCP calls come twice; the event of their own names the server, the general one does not.
 */
export const CURSOR: Host = {
  name: "cursor",
  title: "Cursor",
  event: "hook_event_name",
  session: ["conversation_id", "session_id"],
  folder: ["cwd", "workspace_roots"],
  folderVariables: ["CURSOR_PROJECT_DIR"],
  events: {
    sessionStart: "start",
    postToolUse: "call",
    afterMCPExecution: "call",
    postToolUseFailure: "failure",
    stop: "pause",
    sessionEnd: "end",
  },
  leaves: { postToolUse: /^MCP:/ },
  call: {
    tool: "tool_name",
    input: "tool_input",
    output: ["tool_output", "result_json", "error_message"],
    id: "tool_use_id",
    duration: "duration",
    server: "mcp_server_name",
    denied: { member: "failure_type", value: "permission_denied" },
  },
  mcp: /^MCP:\s*(?<tool>.+)$/,
  tools: {
    Read: "read",
    Write: "edit",
    Edit: "edit",
    StrReplace: "edit",
    Delete: "edit",
    Shell: "shell",
    Grep: "repo-search",
    Glob: "repo-search",
    WebFetch: "web-fetch",
    WebSearch: "web-search",
    Task: "subagent",
  },
  settings: {
    file: ".cursor/hooks.json",
    form: "list",
    // Hooks of a project start in its folder.
    command: (tool) => `node ${tool} cursor`,
    timeout: { member: "timeout", value: 10 },
  },
};
