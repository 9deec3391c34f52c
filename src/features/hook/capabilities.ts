import type { HostName } from "./host.ts";

/** What hooks of a host can show, in words; what they record follows from the host's table. */
export interface Capability {
  /** How calls of MCP tools, of the host's own tools and of subagents are seen. */
  mcp: string;
  builtIn: string;
  subagents: string;
  /** What is seen of calls that failed or were refused. */
  failures: string;
  session: string;
  /** What no line tells, however well everything works. */
  notRecorded: readonly string[];
  /** Where the host's own makers say so. */
  sources: readonly string[];
  /** The version that ran with the hooks, against a model of our own; null where none could be had. */
  tried: string | null;
}

const SHELL = "the exit code of a command: a tool that answered is `ok`";
const SWITCHED_OFF = "a session whose user switched hooks off";

/** The capability matrix. The page docs/reference/capabilities.md is made from it. */
export const CAPABILITIES: Readonly<Record<HostName, Capability>> = {
  "claude-code": {
    mcp: "all, with server, id and duration",
    builtIn: "all",
    subagents: "their calls, with the kind of subagent",
    failures: "failed and interrupted calls; refusals of the automatic mode",
    session: "start, end, each turn, questions to the person",
    notRecorded: [
      "calls that the person refused at the prompt",
      "hooks and commands that Claude Code runs by itself, and what a command starts",
      `${SWITCHED_OFF} (\`disableAllHooks\`, \`--bare\`, a settings file of another folder)`,
    ],
    sources: [
      "https://code.claude.com/docs/en/hooks",
      "npm:@anthropic-ai/claude-agent-sdk (types `HookInput`)",
    ],
    tried: "2.1.332",
  },
  cursor: {
    mcp: "those that went well, with server and duration, without the host's id",
    builtIn: "all of the agent",
    subagents: "their calls, as the agent's own",
    failures: "failed, timed out and refused calls, of MCP tools without their server",
    session: "start and end in the editor, each turn",
    notRecorded: [
      "completions of Tab",
      "MCP calls, and start and end of sessions, of cloud agents",
      "the server of an MCP call in versions that do not name it",
      SHELL,
    ],
    sources: ["https://cursor.com/docs/hooks", "https://cursor.com/docs/reference/third-party-hooks"],
    tried: null,
  },
  "codex-cli": {
    mcp: "those that went well, with server and id",
    builtIn: "commands, and patches by the tool for them",
    subagents: "their calls, with the kind of subagent",
    failures: "none: calls that fail have no event, and of a command it is not told how it went",
    session: "start, end, each turn",
    notRecorded: [
      "MCP calls that failed",
      "web searches, images, input to running commands, and other tools than those above",
      "a patch that is applied through the shell tool",
      "anything before its user trusted the hooks (`/hooks`), and again after each change of them",
    ],
    sources: [
      "https://developers.openai.com/codex/hooks",
      "https://github.com/openai/codex/tree/main/codex-rs/hooks/schema/generated",
    ],
    tried: "0.169.0",
  },
  "gemini-cli": {
    mcp: "all that ran, with server, without an id",
    builtIn: "all that ran",
    subagents: "not told apart",
    failures: "calls that ran and failed",
    session: "start, end, each turn, questions to the person",
    notRecorded: [
      "calls that were refused, or whose arguments did not fit",
      SHELL,
      "the end of a session that does not wait for its hooks",
      "who works, where the environment is kept from hooks (`security.environmentVariableRedaction`)",
    ],
    sources: ["https://geminicli.com/docs/hooks/reference"],
    tried: "0.61.0",
  },
  opencode: {
    mcp: "all, with the server as configured, and id",
    builtIn: "all",
    subagents: "their calls, in a session of their own",
    failures: "calls that failed, from the messages of the session",
    session: "start, end of the program, each turn, questions to the person",
    notRecorded: [
      "commands of the person (`!`)",
      SHELL,
      "sessions started with `--pure`, which loads no plugins",
    ],
    sources: ["https://opencode.ai/docs/plugins", "npm:@opencode-ai/plugin (type `Hooks`)"],
    tried: "1.18.33",
  },
  "copilot-cli": {
    mcp: "all; the server is told from its configured name, and guessed where none fits",
    builtIn: "all",
    subagents: "not told apart",
    failures: "failed calls",
    session: "start, end, each turn",
    notRecorded: [
      "ids and durations of calls",
      "calls that were refused",
      SHELL,
      "anything of the cloud agent after its job: its files are thrown away unless they are committed",
    ],
    sources: ["https://docs.github.com/en/copilot/reference/hooks-reference"],
    tried: "1.0.102",
  },
};
