import { join } from "node:path";
import type { Host } from "../host.ts";

/**
 * GitHub Copilot CLI, and the Copilot cloud agent. Events, payloads and settings:
 * docs.github.com/en/copilot/reference/hooks-reference. Payloads do not name their event, so each command line does.
 */
export const COPILOT_CLI: Host = {
  name: "copilot-cli",
  title: "GitHub Copilot CLI",
  event: null,
  session: ["sessionId"],
  folder: ["cwd"],
  folderVariables: ["COPILOT_PROJECT_DIR"],
  events: {
    sessionStart: "start",
    userPromptSubmitted: "activity",
    postToolUse: "call",
    postToolUseFailure: "failure",
    agentStop: "pause",
    sessionEnd: "end",
  },
  call: {
    tool: "toolName",
    input: "toolArgs",
    output: ["toolResult", "error"],
  },
  mcp: null,
  joined: {
    separator: "-",
    files: ({ COPILOT_HOME, HOME = "" }) => [
      ".mcp.json",
      ".vscode/mcp.json",
      join(COPILOT_HOME ?? join(HOME, ".copilot"), "mcp-config.json"),
    ],
  },
  tools: {
    view: "read",
    create: "edit",
    edit: "edit",
    str_replace_editor: "edit",
    apply_patch: "edit",
    bash: "shell",
    powershell: "shell",
    glob: "repo-search",
    grep: "repo-search",
    rg: "repo-search",
    web_fetch: "web-fetch",
    web_search: "web-search",
    task: "subagent",
  },
  settings: {
    file: ".github/hooks/growth-engine.json",
    form: "whole",
    command: (tool, event) => `node ${tool} copilot-cli ${event}`,
    timeout: { member: "timeoutSec", value: 10 },
  },
};
