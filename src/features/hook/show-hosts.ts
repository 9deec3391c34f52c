import { type CommandContext, paintFor } from "../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../vocabulary/exit-code.ts";
import { CAPABILITIES } from "./capabilities.ts";
import { HOST_NAMES, type HostName } from "./host.ts";
import { HOSTS } from "./hosts.ts";

function shapeOf(name: HostName) {
  const { title, events, settings } = HOSTS[name];
  return { host: name, title, settings: settings.file, events: Object.keys(events), ...CAPABILITIES[name] };
}

function wrap(text: string, columns: number, indent: string): string {
  const lines: string[] = [""];
  for (const word of text.replaceAll("`", "").split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line === "") lines[lines.length - 1] = word;
    else if (indent.length + line.length + 1 + word.length > columns) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines.join(`\n${indent}`);
}

function render(name: HostName, { colour, columns }: CommandContext): string {
  const paint = paintFor(colour);
  const { title, settings, mcp, builtIn, subagents, failures, session, notRecorded } = shapeOf(name);
  const rows: [string, string][] = [
    ["MCP calls", mcp],
    ["own tools", builtIn],
    ["subagents", subagents],
    ["failures", failures],
    ["session", session],
    ["not", notRecorded.join("; ")],
  ];
  const indent = " ".repeat(14);
  const lines = rows.map(
    ([says, text]) => `  ${paint("dim", says.padEnd(12))}${wrap(text, columns, indent)}`,
  );
  return `${paint("bold", title)}  ${name}  ${paint("dim", settings)}\n${lines.join("\n")}\n`;
}

/** `growth-engine hook hosts`: the capability matrix. */
export function showHosts({ json = false }: { json?: boolean }, context: CommandContext): ExitCode {
  if (json) context.out(`${JSON.stringify({ hosts: HOST_NAMES.map(shapeOf) }, null, 2)}\n`);
  else {
    const set = "Set up by: growth-engine init --agents <host>[,<host>]\n";
    context.out(`${HOST_NAMES.map((name) => render(name, context)).join("\n")}\n${set}`);
  }
  return EXIT.ok;
}
