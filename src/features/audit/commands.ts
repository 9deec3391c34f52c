import type { Command } from "commander";
import { addServerOptions } from "../../platform/client/server-options.ts";
import { type CommandContext, runCommand } from "../../platform/terminal/index.ts";
import type { ListOptions } from "./verbs.ts";

/** `audit list`. */
export function addAuditCommands(feature: Command, context: CommandContext): void {
  const list = feature
    .command("list")
    .description("what was done and refused, newest first")
    .option("--actor <actor>", "only this one, such as agent:builder")
    .option("--action <action>", "only this deed, such as task_claim")
    .option("--server", "of all fleets, and of callers that nobody knows; for admins")
    .option("--limit <count>", "how many", "50");
  runCommand<ListOptions>(addServerOptions(list), async (options) =>
    (await import("./verbs.ts")).listEntries(options, context),
  );
}
