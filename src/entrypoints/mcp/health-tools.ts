import { z } from "zod";
import { lookAtCheckout, openCheckout } from "../../features/doctor/index.ts";
import { CheckView } from "../../features/health/contract.ts";
import type { Tool } from "../../platform/mcp/index.ts";
import { READS, repositoryTool } from "./repository-tool.ts";
import { answerOf, type Workplace } from "./workplace.ts";

const MCP_LIMIT_MS = 10_000;
const Checks = z.array(CheckView);

function doctorTool({ context }: Workplace): Tool {
  return repositoryTool({
    name: "doctor_look",
    says: "Whether this checkout and its machine are fit to work in: Node, git, packages, hooks, CI, records and more, each with what mends it.",
    input: z.strictObject({}),
    answer: z.object({ checks: Checks }),
    hints: READS,
    run: async () => {
      const ground = await openCheckout(context.cwd, context.env, context.clock.now());
      return { checks: await lookAtCheckout(ground) };
    },
  });
}

function healthTool({ server, context }: Workplace): Tool {
  return repositoryTool({
    name: "health_show",
    says: "Whether all is well: the control plane, and in this checkout the ban, the guards, the records and the MCP servers that a person approved.",
    input: z.strictObject({
      only: z
        .array(z.string().max(100))
        .min(1)
        .max(50)
        .optional()
        .meta({ description: "Names of checks, such as database, ban or mcp; all without." }),
    }),
    answer: z.object({ checks: Checks }),
    hints: { ...READS, openWorldHint: true },
    run: async ({ only }) => {
      const { lookAtAll } = await import("../../features/health/index.ts");
      return { checks: await lookAtAll({ ...server, only, mcpLimit: MCP_LIMIT_MS }, context) };
    },
  });
}

function dayTool(place: Workplace): Tool {
  return repositoryTool({
    name: "day_start",
    says: "Starts the day: looks at everything, fills the daily checklist with what was seen, keeps it, and asks the agents of tasks that do not move for an update.",
    input: z.strictObject({
      dry_run: z.boolean().default(false).meta({ description: "true: keeps nothing and asks nobody." }),
    }),
    answer: z.looseObject({
      health: Checks,
      environment: Checks,
      checklist: z.array(z.looseObject({ box: z.string(), because: z.string() })),
    }),
    roles: ["admin", "manager"],
    run: async ({ dry_run }) => {
      const { startDay } = await import("../../features/day/index.ts");
      const options = { ...place.server, dryRun: dry_run, timeout: `${MCP_LIMIT_MS / 1000}s`, json: true };
      return answerOf(place, (context) => startDay(options, context));
    },
  });
}

/** Whether all is well, here and on the control plane. */
export function healthTools(place: Workplace): Tool[] {
  return [doctorTool(place), healthTool(place), dayTool(place)];
}
