import type { Command } from "commander";
import { addHeartbeatCommands } from "../../features/heartbeat/commands.ts";
import { addLiveCommands } from "../../features/heartbeat/live/commands.ts";
import type { CommandContext } from "../../platform/terminal/index.ts";

/** Defined by the build of `dist/portable/` alone, which talks to no server. */
declare const GROWTH_ENGINE_PORTABLE: boolean | undefined;

/** Both halves in one file, since `heartbeat beat` runs all day and each file more is a read more. */
export function addAllHeartbeatCommands(feature: Command, context: CommandContext): void {
  addHeartbeatCommands(feature, context);
  if (typeof GROWTH_ENGINE_PORTABLE === "undefined") addLiveCommands(feature, context);
}
