import type { Command } from "commander";
import { Refusal } from "../../platform/errors/index.ts";
import { type CommandContext, runCommand } from "../../platform/terminal/index.ts";

const many = (value: string, before: string[]) => [...before, value];

/** `mcp proxy`, as far as help and mistakes go: words that are understood never come here (proxy-command.ts). */
export function addProxyCommand(feature: Command, _context: CommandContext): void {
  const proxy = feature
    .command("proxy")
    .description("stand before an MCP server, change nothing, and record each tool call: proxy -- <command…>")
    .usage("[options] (-- <command…> | --url <address>)")
    .argument("[command...]", "the server to start, after --")
    .option("--url <address>", "a server over Streamable HTTP instead")
    .option(
      "--header <header>",
      "a header for that server, `Name: value`, where values may name variables as the guide says; may be repeated",
      many,
      [],
    )
    .option(
      "--listen <port>",
      "offer it over Streamable HTTP on this machine, instead of standard input; 0: any",
    )
    .option("--name <name>", "what evidence calls the server (default: from the command)")
    .option("--agent <agent>", "who works (default: $GROWTH_ENGINE_AGENT)")
    .option("--task <task>", "on what (default: $GROWTH_ENGINE_TASK, else what the checkout holds)")
    .option(
      "--policy <file>",
      "tools that are denied, besides the user's own policy; may be repeated",
      many,
      [],
    );
  runCommand(proxy, () => {
    throw new Refusal("USAGE", "mcp proxy takes a command after --, or --url, and values as --help says", {
      hint: "growth-engine mcp proxy -- npx -y <package of the server>",
    });
  });
}
