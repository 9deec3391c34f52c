import type { Command } from "commander";
import { addServerOptions, type ServerChoice } from "../../platform/client/server-options.ts";
import { type CommandContext, runCommand } from "../../platform/terminal/index.ts";

/** `agent list`, `agent retire`; `agent add` also makes a token, so it is token's. */
export function addAgentCommands(feature: Command, context: CommandContext): void {
  const list = feature.command("list").description("the agents of the fleet");
  runCommand<ServerChoice>(addServerOptions(list), async (options) =>
    (await import("./verbs.ts")).listAgents(options, context),
  );
  const retire = feature
    .command("retire")
    .description("refuse an agent's tokens from now on; its history stays")
    .argument("<name>", "the agent");
  runCommand<ServerChoice>(addServerOptions(retire), async (options, [name = ""]) =>
    (await import("./verbs.ts")).retireAgent(name, options, context),
  );
}
