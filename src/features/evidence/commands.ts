import type { Command } from "commander";
import type { CommandContext } from "../../platform/terminal/index.ts";

export function addEvidenceCommands(_feature: Command, _context: CommandContext): void {}
