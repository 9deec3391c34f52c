import type { Command } from "commander";
import { addProxyCommand } from "../../features/proxy/commands.ts";
import { addServerOptions } from "../../platform/client/server-options.ts";
import { type CommandContext, runCommand } from "../../platform/terminal/index.ts";
import type { McpOptions } from "../mcp/main.ts";

/** `mcp serve`, `mcp tools`, `mcp proxy`. */
export function addMcpCommands(feature: Command, context: CommandContext): void {
  const serve = feature
    .command("serve")
    .description(
      "speak the protocol on standard input and output, for an agent's client; ends when the input ends",
    )
    .option("--repo <folder>", "the checkout to work in (default: this folder)")
    .option("--url <url>", "the control plane (default: $GROWTH_ENGINE_URL, else the one of this machine)")
    .option("--fleet <fleet>", "the fleet, for an admin's token (default: $GROWTH_ENGINE_FLEET)");
  runCommand<McpOptions>(serve, async (options) =>
    (await import("../mcp/main.ts")).serveMcp(options, context),
  );
  const tools = feature
    .command("tools")
    .description("which tools there are, who may call them, and what for");
  runCommand<McpOptions>(addServerOptions(tools), async (options) =>
    (await import("../mcp/main.ts")).listTools(options, context),
  );
  addProxyCommand(feature, context);
}
