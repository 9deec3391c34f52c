import type { Command } from "commander";
import type { CommandContext } from "../../platform/terminal/index.ts";

/** Adds the commands of one feature below its own word. */
export type AddCommands = (feature: Command, context: CommandContext) => void;

interface FeatureRow {
  says: string;
  aliases?: readonly string[];
  /** Loaded only when the feature's word is on the command line. */
  load(): Promise<AddCommands>;
}

/** The command line's first word → the feature that answers. */
export const FEATURES: Readonly<Record<string, FeatureRow>> = {
  init: {
    says: "begin: config, template, CI and the tool itself; shows what it does, and asks",
    load: async () => (await import("../../features/init/commands.ts")).addInitCommand,
  },
  evidence: {
    says: "what was consulted for a change: add, list, verify, coverage, section, archive, redact",
    load: async () => {
      const { addEvidenceCommands } = await import("../../features/evidence/commands.ts");
      const { addSectionCommand } = await import("../../features/guard/section-command.ts");
      return (feature, context) => {
        addEvidenceCommands(feature, context);
        addSectionCommand(feature, context);
      };
    },
  },
  heartbeat: {
    says: "which agents were active, and for how long they were not: beat, status, verify",
    load: async () => (await import("../../features/heartbeat/commands.ts")).addHeartbeatCommands,
  },
  ban: {
    says: "keep development-only MCP servers out of production code: scan",
    load: async () => (await import("../../features/ban/commands.ts")).addBanCommands,
  },
  guard: {
    says: "the verdict over a range of commits: mcp, idle, ban, all, explain, receive",
    load: async () => (await import("../../features/guard/commands.ts")).addGuardCommands,
  },
};
