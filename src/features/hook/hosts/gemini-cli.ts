import type { Host } from "../host.ts";

/**
 * Gemini CLI. Events, payloads and settings: geminicli.com/docs/hooks/reference; tools: geminicli.com/docs/tools. It
 * takes every exit code but 0 and 1 for a refusal, so its command line ends with one that cannot fail, and it reads
 * standard error where standard output is empty.
 */
export const GEMINI_CLI: Host = {
  name: "gemini-cli",
  title: "Gemini CLI",
  event: "hook_event_name",
  session: ["session_id"],
  folder: ["cwd"],
  folderVariables: ["GEMINI_PROJECT_DIR"],
  events: {
    SessionStart: "start",
    BeforeAgent: "activity",
    AfterTool: "call",
    Notification: "pause",
    AfterAgent: "pause",
    SessionEnd: "end",
  },
  call: {
    tool: "tool_name",
    input: "tool_input",
    output: ["tool_response"],
    error: "tool_response.error",
    server: "mcp_context.server_name",
    serverTool: "mcp_context.tool_name",
  },
  mcp: /^mcp__?(?<server>.+?)__?(?<tool>.+)$/,
  tools: {
    read_file: "read",
    read_many_files: "read",
    write_file: "edit",
    replace: "edit",
    edit: "edit",
    run_shell_command: "shell",
    glob: "repo-search",
    search_file_content: "repo-search",
    grep_search: "repo-search",
    list_directory: "repo-search",
    web_fetch: "web-fetch",
    google_web_search: "web-search",
    invoke_agent: "subagent",
  },
  settings: {
    file: ".gemini/settings.json",
    form: "groups",
    // It puts the folder in itself, quoted for the shell at hand.
    command: (tool) => `node $GEMINI_PROJECT_DIR/${tool} gemini-cli; exit 0`,
    timeout: { member: "timeout", value: 10_000 },
    next: "Gemini CLI asks whether to trust hooks that a repository brings along",
  },
};
