import type { Command } from "commander";
import { type CommandContext, runCommand } from "../../platform/terminal/index.ts";
import type { SectionOptions } from "./write-section.ts";

/** `evidence section`: it stands with the guards because it writes from the facts of all three. */
export function addSectionCommand(evidence: Command, context: CommandContext): void {
  const command = evidence
    .command("section")
    .description("write the three sections of a pull request text from what the commits hold")
    .option("--base <revision>", "tip of the target branch (default: the default branch)")
    .option("--head <revision>", "what the pull request brings (default: HEAD)")
    .option("--json", "the text and the facts behind it as JSON");
  runCommand<SectionOptions>(command, async (options) =>
    (await import("./write-section.ts")).writeSection(options, context),
  );
}
