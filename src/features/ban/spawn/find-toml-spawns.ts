import type { BannedPackages } from "../banned-packages.ts";
import { type Started, startedPackages } from "./started-packages.ts";

/** A server table of a TOML file, as far as it has been read. */
interface Table {
  line: number;
  command: string[];
  args: string[];
  isOff: boolean;
}

const SERVER_TABLE = /^\s*\[{1,2}\s*(?:mcp_servers|mcp\.servers|context_servers)\b([^\]]*)\]/;
const ANY_TABLE = /^\s*\[/;
const PAIR = /^\s*(command|args|enabled|disabled)\s*=\s*(.*)$/;
/** A list that is not closed within so many lines is not one. */
const MAX_LIST_LINES = 1_000;

function unescaped(text: string): string {
  return text
    .replace(/\\u([0-9a-fA-F]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\(.)/g, "$1");
}

/** Where the text that begins at a quote ends: its closing quote, or the end of the line. */
function endOfText(line: string, at: number): number {
  const quote = line[at];
  let end = at + 1;
  while (end < line.length && line[end] !== quote) end += line[end] === "\\" && quote === '"' ? 2 : 1;
  return end;
}

/** The texts of a line, and what is left of it without them and without its comment. */
function readLine(line: string): { texts: string[]; rest: string } {
  const texts: string[] = [];
  let rest = "";
  for (let at = 0; at < line.length && line[at] !== "#"; at += 1) {
    if (line[at] !== '"' && line[at] !== "'") {
      rest += line[at];
      continue;
    }
    const end = endOfText(line, at);
    const text = line.slice(at + 1, end);
    texts.push(line[at] === '"' ? unescaped(text) : text);
    at = end;
  }
  return { texts, rest };
}

/** Takes one `key = value` into the table and answers how many further lines the value takes. */
function readPair(table: Table, lines: readonly string[], at: number): number {
  const [, key = "", value = ""] = PAIR.exec(lines[at] ?? "") ?? [];
  const { texts, rest } = readLine(value);
  let more = 0;
  let isOpen = rest.trimStart().startsWith("[") && !rest.includes("]");
  while (isOpen && more < MAX_LIST_LINES && at + more + 1 < lines.length) {
    more += 1;
    const next = readLine(lines[at + more] ?? "");
    for (const text of next.texts) texts.push(text);
    isOpen = !next.rest.includes("]");
  }
  if (key === "command") table.command = texts;
  else if (key === "args") table.args = texts;
  else if ((key === "enabled" && rest.trim() === "false") || (key === "disabled" && rest.trim() === "true"))
    table.isOff = true;
  return more;
}

/** The server tables (`[mcp_servers.docs]`) of a TOML file, read line by line as Codex writes them. */
function serverTables(lines: readonly string[]): Table[] {
  const tables: Table[] = [];
  let table: Table | null = null;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    const [, path] = SERVER_TABLE.exec(line) ?? [];
    if (path !== undefined) {
      // `[mcp_servers.docs.env]` belongs to the server, but its keys are not the server's own.
      const isOwn = readLine(path).rest.split(".").length <= 2;
      table = isOwn ? { line: at + 1, command: [], args: [], isOff: false } : null;
      if (table) tables.push(table);
    } else if (ANY_TABLE.test(line)) table = null;
    else if (table && PAIR.test(line)) at += readPair(table, lines, at);
  }
  return tables;
}

/** The banned servers that a TOML configuration starts, each with the line of its table. */
export function findTomlSpawns(text: string, banned: BannedPackages): (Started & { line: number })[] {
  return serverTables(text.split(/\r?\n/))
    .filter((table) => !table.isOff)
    .flatMap(({ line, command, args }) =>
      startedPackages([[...command, ...args]], banned).map((started) => ({ ...started, line })),
    );
}
