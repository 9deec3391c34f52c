import { readFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { memberOf } from "./member-of.ts";

function namesIn(path: string): string[] {
  try {
    const config: unknown = JSON.parse(readFileSync(path, "utf8"));
    const servers = memberOf(config, "mcpServers") ?? memberOf(config, "servers");
    return typeof servers === "object" && servers !== null ? Object.keys(servers) : [];
  } catch {
    // Not there, or not for us to judge: it names no server.
    return [];
  }
}

/**
 * The MCP server in `<server>-<tool>`, which says not where the one ends: the longest name that a configuration has,
 * else all up to the first separator. Null for a tool without separator.
 * @param files configurations, from the top of the checkout or absolute
 */
export function splitServer(
  named: string,
  separator: string,
  files: readonly string[],
  root: string,
): { server: string; tool: string } | null {
  if (!named.slice(1).includes(separator)) return null;
  const known = files.flatMap((file) => namesIn(isAbsolute(file) ? file : join(root, file)));
  const fitting = known
    .filter((name) => named.startsWith(name + separator))
    .sort((a, b) => b.length - a.length);
  const server = fitting[0] ?? named.slice(0, named.indexOf(separator, 1));
  return { server, tool: named.slice(server.length + separator.length) };
}
