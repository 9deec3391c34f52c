import type { Command } from "commander";
import { type CommandContext, runCommand } from "../../platform/terminal/index.ts";
import type { InitOptions } from "./may-write.ts";

/** `init`: a command without verbs. */
export function addInitCommand(feature: Command, context: CommandContext): void {
  feature
    .option("--yes", "do it without asking")
    .option("--dry-run", "show what would be done, and do nothing")
    .option("--undo", "take out again what init added; what was changed since stays")
    .option("--forge <name...>", "github, gitlab or other (default: what remote and files show)")
    .option(
      "--pin <how>",
      "vendored: a copy of the tool in .growth-engine; npm: an exact devDependency",
      "vendored",
    )
    .option("--hook <name...>", "pre-push; in a bare repository pre-receive")
    .option(
      "--agents <name...>",
      "record what these agents do, by hooks in their own settings, and no others: claude-code, cursor, codex-cli, gemini-cli, opencode, copilot-cli; detect, all or none",
    )
    .option("--replace <file...>", "take init's text for these files, which somebody else wrote or edited")
    .option("--json", "print what was found, planned and done as JSON; never asks");
  runCommand<InitOptions>(feature, async (options) =>
    (await import("./run-init.ts")).runInit(options, context),
  );
}
