import type { SeenLine } from "../seen-line.ts";

/** What no hook of a host is told of, as far as its own documentation says. */
const NOT_TOLD: Readonly<Record<string, (line: SeenLine) => boolean>> = {
  // Its hooks run for shell commands, patches and MCP calls only (developers.openai.com/codex/hooks).
  codex: ({ tool }) => /^(web-search|read|repo-search|mcp-resource|update-plan|view-image)$/.test(tool),
};

/** Names under which recorders know the same host. */
const SAME_HOST: Readonly<Record<string, string>> = { "codex-cli": "codex", "codex-log": "codex" };

/** Why the hook of a host need not have seen a call; null when nothing is known that keeps it from it. */
export function hookLimit(line: SeenLine, host: string): string | null {
  if (line.subagent !== null) return "hooks do not fire for every subagent";
  const name = SAME_HOST[host] ?? host;
  const isNotTold = Object.hasOwn(NOT_TOLD, name) && NOT_TOLD[name]?.(line) === true;
  return isNotTold ? `hooks of ${name} are not told of ${line.tool}` : null;
}
