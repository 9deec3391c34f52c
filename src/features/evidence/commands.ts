import type { Command } from "commander";
import { type CommandContext, runCommand } from "../../platform/terminal/index.ts";
import type { VerifyOptions } from "./verify-evidence.ts";

function addVerify(feature: Command, context: CommandContext): void {
  const verify = feature
    .command("verify [paths...]")
    .description("check all evidence files, or those named; exit 1 when something blocks")
    .option("--head <revision>", "read this commit instead of the working tree")
    .option("--json", "print JSON: the same as --format json")
    .option("--format <format>", "text, json, sarif, junit, github or markdown", "text");
  runCommand<VerifyOptions>(verify, async (options, words) =>
    (await import("./verify-evidence.ts")).verifyEvidence(words, options, context),
  );
}

/** `evidence verify`. */
export function addEvidenceCommands(feature: Command, context: CommandContext): void {
  addVerify(feature, context);
}
