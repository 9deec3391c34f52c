import type { Command } from "commander";
import { type CommandContext, runCommand } from "../../platform/terminal/index.ts";
import type { ScanCommandOptions } from "./run-scan.ts";

/** `ban scan`. */
export function addBanCommands(feature: Command, context: CommandContext): void {
  const scan = feature
    .command("scan")
    .description(
      "search the working tree for banned packages that production holds or reaches; exit 1 if any",
    )
    .option("--head <revision>", "read this commit instead of the working tree")
    .option("--staged", "read the index, as a pre-commit hook does")
    .option("--bundle <folder>", "search built output in this folder too, and its source maps")
    .option("--production <glob...>", "what is production, instead of `ban.production` and `ban.entries`")
    .option("--json", "print JSON: the same as --format json")
    .option("--format <format>", "text, json, sarif, junit, github or markdown", "text");
  runCommand<ScanCommandOptions>(scan, async (options) =>
    (await import("./scan-command.ts")).runScan(options, context),
  );
}
