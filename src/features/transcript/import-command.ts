import type { Command } from "commander";
import { type CommandContext, runCommand } from "../../platform/terminal/index.ts";
import type { ImportOptions } from "./import-evidence.ts";

/** `evidence import`: it stands apart from the other deeds of evidence because it writes through the recorder. */
export function addImportCommand(evidence: Command, context: CommandContext): void {
  const command = evidence
    .command("import <host> [logs...]")
    .description(
      "record the tool calls that the session logs of Claude Code or Codex tell of, without their contents; again adds only what is new",
    )
    .usage("claude-code|codex [logs or folders] [options]")
    .option("--agent <agent>", "who worked (default: $GROWTH_ENGINE_AGENT)")
    .option("--task <task>", "for which task (default: $GROWTH_ENGINE_TASK)")
    .option("--since <time>", "only calls from then on: a date, a time, or an age such as 7d")
    .option("--dry-run", "say what would be recorded, and write nothing")
    .option("--json", "print JSON");
  runCommand<ImportOptions>(command, async (options, words) =>
    (await import("./import-evidence.ts")).importEvidence(words, options, context),
  );
}
