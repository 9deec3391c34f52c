import type { Command } from "commander";
import { addServerOptions, type ServerChoice } from "../../platform/client/server-options.ts";
import { type CommandContext, runCommand } from "../../platform/terminal/index.ts";

/** `task conflicts`: it stands here because tasks do not know reservations. */
export function addConflictsCommand(task: Command, context: CommandContext): void {
  const conflicts = task
    .command("conflicts")
    .description("who else touches what this task may touch; exit 1 when somebody does")
    .argument("<task>");
  runCommand<ServerChoice>(addServerOptions(conflicts), async (options, [id = ""]) =>
    (await import("./verbs/list-conflicts.ts")).listTaskConflicts(id, options, context),
  );
}
