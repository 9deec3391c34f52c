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

/** Defined by the build of `dist/portable/` alone. */
declare const GROWTH_ENGINE_PORTABLE: boolean | undefined;

/** Not in the portable folder, which is copied into repositories: it weighs as much as all the rest. */
const CI: Readonly<Record<string, FeatureRow>> =
  typeof GROWTH_ENGINE_PORTABLE === "undefined"
    ? {
        ci: {
          says: "what the required checks of a forge would answer: simulate",
          load: async () => (await import("../../features/ci/commands.ts")).addCiCommands,
        },
      }
    : {};

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
  ...CI,
};
