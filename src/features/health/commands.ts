import type { Command } from "commander";
import { addServerOptions } from "../../platform/client/server-options.ts";
import { type CommandContext, runCommand } from "../../platform/terminal/index.ts";
import type { HealthOptions } from "./verbs/show-health.ts";

/** `health`: a command without verbs. */
export function addHealthCommand(feature: Command, context: CommandContext): void {
  feature
    .option("--only <name...>", "only these checks, such as database, ban, mcp, or “mcp files”")
    .option("--timeout <duration>", "how long an MCP server may take", "10s")
    .option("--approve <hash>", "approve one MCP server of this checkout, and do nothing else");
  runCommand<HealthOptions>(addServerOptions(feature), async (options) =>
    (await import("./verbs/show-health.ts")).showHealth(options, context),
  );
}
