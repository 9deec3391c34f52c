import type { Command } from "commander";
import { addEvidenceCommands } from "../../features/evidence/commands.ts";
import { addLiveEvidenceCommands } from "../../features/evidence/live/commands.ts";
import { addSectionCommand } from "../../features/guard/section-command.ts";
import { addImportCommand } from "../../features/transcript/import-command.ts";
import type { CommandContext } from "../../platform/terminal/index.ts";

/** Defined by the build of `dist/portable/` alone, which talks to no server. */
declare const GROWTH_ENGINE_PORTABLE: boolean | undefined;

/** All of them in one file, since `evidence add` runs all day and each file more is a read more. */
export function addAllEvidenceCommands(feature: Command, context: CommandContext): void {
  addEvidenceCommands(feature, context);
  addSectionCommand(feature, context);
  addImportCommand(feature, context);
  if (typeof GROWTH_ENGINE_PORTABLE === "undefined") addLiveEvidenceCommands(feature, context);
}
