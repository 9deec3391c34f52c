import type { Command } from "commander";
import { addServerOptions } from "../../platform/client/server-options.ts";
import { type CommandContext, runCommand } from "../../platform/terminal/index.ts";
import type { AddAgentOptions } from "./verbs.ts";

/** `agent add`. */
export function addAgentAddCommand(feature: Command, context: CommandContext): void {
  const add = feature
    .command("add")
    .description("make an agent, and a token that acts as it; for managers")
    .argument("<name>", "as it stands in records: artifacts/<agent>/…")
    .option("--description <text>", "what it does")
    .option("--no-token", "make no token");
  runCommand<AddAgentOptions>(addServerOptions(add), async (options, [name = ""]) =>
    (await import("./verbs.ts")).addAgent(name, options, context),
  );
}
