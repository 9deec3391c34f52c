import { getNodeValue, type Node, type ParseError, parseTree } from "jsonc-parser";
import type { BannedPackages } from "../banned-packages.ts";
import { findScriptSpawns } from "./find-script-spawns.ts";
import { findTomlSpawns } from "./find-toml-spawns.ts";
import { splitCommand } from "./split-command.ts";
import { type Started, startedPackages } from "./started-packages.ts";

/** A line of configuration, or of a manifest, that starts a banned server. */
export interface ConfigSpawn extends Started {
  line: number;
}

/** Deeper than any real configuration; the parser recurses, so hostile text is not handed to it. */
const MAX_DEPTH = 200;
/** Files that hold nothing but MCP servers, so that each object with a `command` is one. */
const MCP_FILE =
  /(?:^|[/._-])mcp(?:[_-](?:config|settings|servers))?\.jsonc?$|^claude_desktop_config\.json$/i;
/** Keys below which the servers of any other file stand. */
const SERVERS = /^(?:(?:[\w-]+\.)*(?:mcp\.?servers|context_servers|mcp_servers)|mcp)$/i;

function isTooDeep(text: string): boolean {
  let depth = 0;
  let isInText = false;
  for (let at = 0; at < text.length && depth <= MAX_DEPTH; at += 1) {
    const character = text[at];
    if (character === '"') isInText = !isInText;
    else if (isInText) at += character === "\\" ? 1 : 0;
    else if (character === "[" || character === "{") depth += 1;
    else if (character === "]" || character === "}") depth -= 1;
  }
  return depth > MAX_DEPTH;
}

function parse(text: string): Node | null {
  if (isTooDeep(text)) return null;
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  return errors.length === 0 && root?.type === "object" ? root : null;
}

function fieldOf(object: Node, key: string): Node | null {
  const property = object.children?.find(({ children }) => children?.[0]?.value === key);
  return property?.children?.[1] ?? null;
}

function textsOf(node: Node | null): string[] {
  const value: unknown = node === null ? [] : getNodeValue(node);
  return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === "string");
}

/** What a server's entry runs; a `command` with spaces and without `args` is a line for the shell. */
function entryCommands(entry: Node): string[][] {
  const command = fieldOf(entry, "command");
  const args = textsOf(fieldOf(entry, "args"));
  const words = textsOf(command);
  if (command?.type === "string" && args.length === 0) return splitCommand(words[0] ?? "");
  return [[...words, ...args]];
}

function isOff(entry: Node): boolean {
  return fieldOf(entry, "disabled")?.value === true || fieldOf(entry, "enabled")?.value === false;
}

interface Found extends Started {
  node: Node;
}

/** Every object with a `command`, below a key that holds servers or anywhere in a file of servers. */
function findEntries(root: Node, isServers: boolean, banned: BannedPackages): Found[] {
  const found: Found[] = [];
  const waiting: [Node, boolean][] = [[root, isServers]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [node, within] = next;
    if (node.type === "property") {
      const [key, value] = node.children ?? [];
      // `"mcp": { "servers": … }` is how an editor's settings have it.
      if (value) waiting.push([value, within || SERVERS.test(String(key?.value))]);
      continue;
    }
    for (const child of node.children ?? []) waiting.push([child, within]);
    const command = within && node.type === "object" ? fieldOf(node, "command") : null;
    if (command === null || isOff(node)) continue;
    for (const started of startedPackages(entryCommands(node), banned))
      found.push({ ...started, node: command });
  }
  return found.sort((a, b) => a.node.offset - b.node.offset);
}

/** Turns places into lines in one pass over the text. */
function withLines(found: readonly Found[], text: string): ConfigSpawn[] {
  let line = 1;
  let at = 0;
  return [...found]
    .sort((a, b) => a.node.offset - b.node.offset)
    .map(({ node, ...started }) => {
      for (; at < node.offset; at += 1) if (text.charCodeAt(at) === 10) line += 1;
      return { package: started.package, line, command: started.command };
    });
}

/** Is this a file whose text {@link findConfigSpawns} reads? */
export function isSpawnConfig(path: string): boolean {
  return /\.(?:jsonc?|toml|code-workspace)$/i.test(path);
}

/**
 * The banned servers that a configuration file starts: entries of MCP clients in JSON (comments allowed) and TOML,
 * and the scripts of `package.json` that run in production. YAML is not read. What is not readable starts nothing.
 */
export function findConfigSpawns(path: string, text: string, banned: BannedPackages): ConfigSpawn[] {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (/\.toml$/i.test(name)) return findTomlSpawns(text, banned);
  const source = text.replace(/^\uFEFF/, "");
  const root = isSpawnConfig(name) ? parse(source) : null;
  if (root === null) return [];
  const entries = findEntries(root, MCP_FILE.test(name), banned);
  if (name !== "package.json") return withLines(entries, source);
  const scripts = findScriptSpawns(root, banned).map(({ script, ...started }) => ({
    ...started,
    node: script,
  }));
  return withLines([...scripts, ...entries], source);
}
