import type { Command } from "commander";
import type { CommandContext } from "../../platform/terminal/index.ts";

export function addBanCommands(_feature: Command, _context: CommandContext): void {}
