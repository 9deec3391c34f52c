import type { Host } from "../host.ts";

/**
 * OpenCode. It has no command hooks but plugins (opencode.ai/docs/plugins; types of @opencode-ai/plugin 1.18): the
 * plugin that `init` writes hands each event to the hook. Payloads are what that plugin writes.
 */
export const OPENCODE: Host = {
  name: "opencode",
  title: "OpenCode",
  event: "event",
  session: ["sessionID"],
  folder: ["directory"],
  folderVariables: [],
  events: {
    "session.created": "start",
    "chat.message": "activity",
    "tool.execute.after": "call",
    "tool.failed": "failure",
    "permission.asked": "pause",
    "session.idle": "pause",
    "session.deleted": "end",
    dispose: "end",
  },
  call: {
    tool: "tool",
    input: "args",
    output: ["output", "error"],
    id: "callID",
    server: "server",
    serverTool: "serverTool",
  },
  mcp: null,
  tools: {
    read: "read",
    edit: "edit",
    write: "edit",
    multiedit: "edit",
    patch: "edit",
    apply_patch: "edit",
    bash: "shell",
    grep: "repo-search",
    glob: "repo-search",
    list: "repo-search",
    lsp: "repo-search",
    webfetch: "web-fetch",
    websearch: "web-search",
    codesearch: "web-search",
    task: "subagent",
  },
  settings: {
    file: ".opencode/plugins/growth-engine.js",
    form: "plugin",
    command: (tool) => `node ${tool} opencode`,
    timeout: { member: "timeout", value: 10_000 },
  },
};
