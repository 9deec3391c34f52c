import type { HostName } from "../../hook/index.ts";

/** What an agent's own tool leaves at the top of a repository, by folder or file. */
const TRACES: readonly (readonly [agent: string, traces: readonly string[]])[] = [
  ["Claude Code", [".claude/", "CLAUDE.md"]],
  ["Cursor", [".cursor/", ".cursorrules"]],
  ["Codex", [".codex/"]],
  ["Gemini CLI", [".gemini/", "GEMINI.md"]],
  ["GitHub Copilot", [".github/copilot-instructions.md", ".github/instructions/"]],
  ["Windsurf", [".windsurf/", ".windsurfrules"]],
  ["Cline", [".clinerules", ".clinerules/"]],
  ["Roo Code", [".roo/", ".roomodes"]],
  ["OpenCode", [".opencode/", "opencode.json"]],
  ["Aider", [".aider.conf.yml"]],
  ["any that reads AGENTS.md", ["AGENTS.md"]],
  ["MCP servers", [".mcp.json"]],
];

/** An agent in use, and what shows it. */
export interface AgentTrace {
  agent: string;
  seen: string[];
}

const HOSTS_OF: Readonly<Record<string, HostName>> = {
  "Claude Code": "claude-code",
  Cursor: "cursor",
  Codex: "codex-cli",
  "Gemini CLI": "gemini-cli",
  "GitHub Copilot": "copilot-cli",
  OpenCode: "opencode",
};

/** Those among the agents whose hooks can be set up. */
export function hostsAmong(agents: readonly AgentTrace[]): HostName[] {
  return agents.flatMap(({ agent }) => HOSTS_OF[agent] ?? []);
}

/** Which agents work here, told by the files of their tools. Set up is only what was asked for. */
export function findAgents(paths: readonly string[]): AgentTrace[] {
  const files = new Set(paths);
  const folders = new Set(
    paths.flatMap((path) => [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index + 1))),
  );
  return TRACES.map(([agent, traces]) => ({
    agent,
    seen: traces.filter((trace) => (trace.endsWith("/") ? folders : files).has(trace)),
  })).filter(({ seen }) => seen.length > 0);
}
