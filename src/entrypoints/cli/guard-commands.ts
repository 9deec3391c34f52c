import type { Command } from "commander";
import { addGuardCommands } from "../../features/guard/commands.ts";
import { addVerdictCommands } from "../../features/guard/live/commands.ts";
import type { CommandContext } from "../../platform/terminal/index.ts";

/** Defined by the build of `dist/portable/` alone, which talks to no server. */
declare const GROWTH_ENGINE_PORTABLE: boolean | undefined;

/** The guards, and what a control plane keeps of their verdicts. */
export function addAllGuardCommands(feature: Command, context: CommandContext): void {
  addGuardCommands(feature, context);
  if (typeof GROWTH_ENGINE_PORTABLE === "undefined") addVerdictCommands(feature, context);
}
