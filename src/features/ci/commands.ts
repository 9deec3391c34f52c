import type { Command } from "commander";
import { type CommandContext, runCommand } from "../../platform/terminal/index.ts";
import type { SimulateOptions } from "./simulate.ts";

function addSimulate(feature: Command, context: CommandContext): void {
  const simulate = feature
    .command("simulate")
    .description(
      "play every event of GitHub here, against a forge of its own: what would each required check answer? exit 1 when one would stay pending or be false",
    )
    .option("--base <revision>", "the target branch's tip, with the workflow (default: the default branch)")
    .option("--head <revision>", "the change that is played beside the synthetic ones (default: HEAD)")
    .option("--check <names...>", "names of the required checks (default: those of our own workflow)")
    .option("--event <names...>", 'only these events, such as opened or "merge queue"')
    .option("--change <names...>", 'only these changes, such as "no evidence" or "this branch"')
    .option("--pr-body <file>", "text of the pull request for the change of this branch")
    .option("--forge <mood>", "let the forge fail: rate-limited, broken, silent, slow, no-rights, …", "well")
    .option("--action <file>", "run this built action instead of the installed one")
    .option("--reasons", "say of every answer why it is so")
    .option("--json", "print JSON");
  runCommand<SimulateOptions>(simulate, async (options) =>
    (await import("./simulate.ts")).simulate(options, context),
  );
}

/** `ci simulate`. */
export function addCiCommands(feature: Command, context: CommandContext): void {
  addSimulate(feature, context);
}
