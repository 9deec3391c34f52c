import { type ParseError, parse } from "jsonc-parser";
import { readText } from "../../doctor/index.ts";
import type { McpServer, Reach } from "./mcp-server.ts";

/** Where Claude Code, Cursor and VS Code look; the key under which each names its servers. */
const FILES = [
  [".mcp.json", "mcpServers"],
  [".cursor/mcp.json", "mcpServers"],
  [".vscode/mcp.json", "servers"],
] as const;
/** Nobody has so many; a file that says so has another purpose. */
export const MAX_SERVERS = 50;

type Plain = Record<string, unknown>;
const objectOf = (value: unknown): Plain =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Plain) : {};

function textsOf(value: unknown): Record<string, string> {
  const pairs = Object.entries(objectOf(value)).filter(([, text]) =>
    ["string", "number", "boolean"].includes(typeof text),
  );
  return Object.fromEntries(pairs.map(([name, text]) => [name, String(text)]));
}

function reachOf(entry: Plain): Reach | null {
  const { command, args, env, cwd, url, headers } = entry;
  if (typeof command === "string" && command !== "") {
    const words = Array.isArray(args) ? args.map(String) : [];
    return {
      kind: "stdio",
      command,
      args: words,
      env: textsOf(env),
      cwd: typeof cwd === "string" ? cwd : ".",
    };
  }
  return typeof url === "string" && url !== "" ? { kind: "http", url, headers: textsOf(headers) } : null;
}

/** A file that is there and cannot be used, or an entry of it. */
export interface Unreadable {
  file: string;
  why: string;
}

/** The servers that the checkout names. Nothing of them is started. */
export function readServers(worktree: string): { servers: McpServer[]; unreadable: Unreadable[] } {
  const servers: McpServer[] = [];
  const unreadable: Unreadable[] = [];
  for (const [file, key] of FILES) {
    const text = readText(worktree, file);
    if (text === null) continue;
    const errors: ParseError[] = [];
    const root = objectOf(parse(text, errors, { allowTrailingComma: true }));
    if (errors.length > 0) {
      unreadable.push({ file, why: "is no JSON" });
      continue;
    }
    for (const [name, value] of Object.entries(objectOf(root[key]))) {
      const entry = objectOf(value);
      const said = reachOf(entry);
      if (entry.disabled === true) continue;
      if (said === null) unreadable.push({ file, why: `gives neither command nor url for ${name}` });
      else if (servers.length < MAX_SERVERS) servers.push({ name, file, said });
      else unreadable.push({ file, why: `names over ${MAX_SERVERS} servers` });
    }
  }
  return { servers, unreadable: unreadable.slice(0, MAX_SERVERS) };
}
