import type { Command } from "commander";
import { type CommandContext, runCommand } from "../../platform/terminal/index.ts";
import type { WitnessCoverageOptions } from "./coverage/cover-witnesses.ts";

/** `witness coverage`. */
export function addWitnessCommands(feature: Command, context: CommandContext): void {
  const coverage = feature
    .command("coverage [range]")
    .description(
      "who saw each changed code file and each tool call, where witnesses differ, and what was read before the first edit",
    )
    .option("--base <revision>", "tip of the target branch (default: the default branch)")
    .option("--head <revision>", "what is compared (default: HEAD)")
    .option("--days <number>", "the last days before the head commit, instead of a range")
    .option("--json", "print JSON, every call included");
  runCommand<WitnessCoverageOptions>(coverage, async (options, [range]) =>
    (await import("./coverage/cover-witnesses.ts")).coverWitnesses(range, options, context),
  );
}
