import type { Host } from "../host.ts";

/**
 * Codex CLI. Events, settings and trust: developers.openai.com/codex/hooks; members of payloads: the JSON Schemas
 * `*.command.input` in github.com/openai/codex, codex-rs/hooks/schema/generated, as the program of version 0.169
 * holds them.
 */
export const CODEX_CLI: Host = {
  name: "codex-cli",
  title: "Codex CLI",
  event: "hook_event_name",
  session: ["session_id"],
  folder: ["cwd"],
  folderVariables: [],
  events: {
    SessionStart: "start",
    UserPromptSubmit: "activity",
    PostToolUse: "call",
    Stop: "pause",
    SessionEnd: "end",
  },
  call: {
    tool: "tool_name",
    input: "tool_input",
    output: ["tool_response"],
    id: "tool_use_id",
    subagent: "agent_type",
    tellsOutcome: false,
  },
  mcp: /^mcp__(?<server>.+?)__(?<tool>.+)$/,
  tools: { Bash: "shell", apply_patch: "edit", Edit: "edit", Write: "edit" },
  settings: {
    file: ".codex/hooks.json",
    form: "groups",
    // Codex names no folder of the project to its hooks; this is how its own documentation finds it.
    command: (tool) => `node "$(git rev-parse --show-toplevel)/${tool}" codex-cli`,
    // It gives the end of a session three seconds at most, and says so at each start.
    timeout: { member: "timeout", value: 10, of: { SessionEnd: 3 } },
    next: "Codex CLI runs no hook that its user has not trusted: open /hooks there, once on each machine and after each change",
  },
};
