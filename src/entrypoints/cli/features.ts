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
const INSTALLED: Readonly<Record<string, FeatureRow>> =
  typeof GROWTH_ENGINE_PORTABLE === "undefined"
    ? {
        ci: {
          says: "what the required checks of a forge would answer, and how CI goes over time: simulate, status",
          load: async () => {
            const { addCiCommands } = await import("../../features/ci/commands.ts");
            const { addCiStatusCommand } = await import("../../features/ci/live/commands.ts");
            return (feature, context) => {
              addCiCommands(feature, context);
              addCiStatusCommand(feature, context);
            };
          },
        },
        forge: {
          says: "what GitHub or GitLab may tell the control plane, and what it told: hook, trust, pulls, runs, deliveries",
          load: async () => (await import("../../features/forge/live/commands.ts")).addForgeCommands,
        },
        serve: {
          says: "the control plane: fleets, agents, tasks and live heartbeats on PostgreSQL",
          load: async () => (await import("./serve-command.ts")).addServeCommand,
        },
        mcp: {
          says: "all of this as tools for an agent's client, by the Model Context Protocol: serve, tools; and a recording proxy: proxy",
          load: async () => (await import("./mcp-command.ts")).addMcpCommands,
        },
        fleet: {
          says: "fleets of the control plane and their repositories: add, list, remove, repository",
          load: async () => (await import("../../features/fleet/commands.ts")).addFleetCommands,
        },
        agent: {
          says: "who works in the fleet: add, list, retire",
          load: async () => {
            const { addAgentCommands } = await import("../../features/agent/commands.ts");
            const { addAgentAddCommand } = await import("../../features/token/agent-add-command.ts");
            return (feature, context) => {
              addAgentAddCommand(feature, context);
              addAgentCommands(feature, context);
            };
          },
        },
        task: {
          says: "what is to be done and who does it: add, list, next, start, progress, block, hand-over, complete, conflicts, import, …",
          load: async () => {
            const { addTaskCommands } = await import("../../features/task/commands.ts");
            const { addHolderCommands } = await import("../../features/task/holder-command.ts");
            const { addWorkCommands } = await import("../../features/work/work-command.ts");
            const { addConflictsCommand } = await import("../../features/reservation/conflicts-command.ts");
            return (feature, context) => {
              addTaskCommands(feature, context);
              addHolderCommands(feature, context);
              addWorkCommands(feature, context);
              addConflictsCommand(feature, context);
            };
          },
        },
        reservation: {
          says: "who may use what alone: take, renew, release, list, conflicts, events, circles, revoke",
          load: async () => (await import("../../features/reservation/commands.ts")).addReservationCommands,
        },
        token: {
          says: "what callers of the control plane show: add, list, rotate, revoke, show",
          load: async () => (await import("../../features/token/commands.ts")).addTokenCommands,
        },
        person: {
          says: "people, teams and what they own: set, list, leave, team, own, owners",
          load: async () => (await import("../../features/person/commands.ts")).addPersonCommands,
        },
        health: {
          says: "whether all that the team stands on is well: control plane, checkout, forge, MCP servers",
          load: async () => (await import("../../features/health/commands.ts")).addHealthCommand,
        },
        day: {
          says: "the morning of a fleet and its checklist: start, show",
          load: async () => (await import("../../features/day/commands.ts")).addDayCommands,
        },
        message: {
          says: "what agents are told and asked: send, inbox, answer, list",
          load: async () => (await import("../../features/message/commands.ts")).addMessageCommands,
        },
        sync: {
          says: "bring the records of a checkout to the control plane; status, rewrites, broken",
          load: async () => (await import("../../features/sync/commands.ts")).addSyncCommands,
        },
        receipt: {
          says: "the signed log of evidence that the control plane received: key, checkpoint, prove, compare, verify, cosign",
          load: async () => (await import("../../features/receipt/live/commands.ts")).addReceiptCommands,
        },
        audit: {
          says: "what was done and refused on the control plane: list",
          load: async () => (await import("../../features/audit/commands.ts")).addAuditCommands,
        },
      }
    : {};

/** The command line's first word → the feature that answers. */
export const FEATURES: Readonly<Record<string, FeatureRow>> = {
  init: {
    says: "begin: config, template, CI and the tool itself; shows what it does, and asks",
    load: async () => (await import("../../features/init/commands.ts")).addInitCommand,
  },
  doctor: {
    says: "whether this checkout and this machine are fit to work in, with the command that mends what is not",
    load: async () => {
      const { addDoctorCommand } = await import("../../features/doctor/commands.ts");
      // The portable copy works with git alone.
      const look =
        typeof GROWTH_ENGINE_PORTABLE === "undefined"
          ? async (env: NodeJS.ProcessEnv) =>
              (await import("../../platform/client/look-at-server.ts")).lookAtServer(env)
          : undefined;
      return (feature, context) => addDoctorCommand(feature, context, look);
    },
  },
  evidence: {
    says: "what was consulted for a change: add, import, list, verify, coverage, section, archive, redact; kept, use",
    load: async () => (await import("./evidence-commands.ts")).addAllEvidenceCommands,
  },
  heartbeat: {
    says: "which agents were active, and for how long they were not: beat, status, verify; live, send, patterns",
    load: async () => (await import("./heartbeat-commands.ts")).addAllHeartbeatCommands,
  },
  ban: {
    says: "keep development-only MCP servers out of production code: scan",
    load: async () => (await import("../../features/ban/commands.ts")).addBanCommands,
  },
  guard: {
    says: "the verdict over a range of commits: mcp, idle, ban, witness, all, explain, receive; publish, verdicts, rates",
    load: async () => (await import("./guard-commands.ts")).addAllGuardCommands,
  },
  witness: {
    says: "who saw the work: which recorders tell of each changed file and each call, and where they differ: coverage",
    load: async () => (await import("../../features/witness/commands.ts")).addWitnessCommands,
  },
  run: {
    says: "run a command and record how it went: -- <command>, list",
    load: async () => (await import("../../features/run/commands.ts")).addRunCommands,
  },
  hook: {
    says: "what hooks of agents run: records a tool call or a beat, and leaves; hosts",
    load: async () => (await import("../../features/hook/commands.ts")).addHookCommands,
  },
  ...INSTALLED,
};
