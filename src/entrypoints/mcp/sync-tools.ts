import { z } from "zod";
import { openGround, publishVerdict, syncCheckout } from "../../features/sync/index.ts";
import type { showToken } from "../../features/token/contract.ts";
import { openClient } from "../../platform/client/index.ts";
import type { Tool } from "../../platform/mcp/index.ts";
import { repositoryTool } from "./repository-tool.ts";
import type { Workplace } from "./workplace.ts";

/** What this checkout's records hold, brought to the control plane. */
export function syncTools({ server, context }: Workplace): Tool[] {
  const run = repositoryTool({
    name: "sync_run",
    says: "Brings what is new in the evidence and heartbeat files of this checkout to the control plane; an agent's token brings its own.",
    input: z.strictObject({
      name: z
        .string()
        .min(1)
        .max(200)
        .optional()
        .meta({ description: "The fleet's name of this repository; from its origin, else its folder." }),
    }),
    answer: z.looseObject({
      repository: z.string(),
      files: z.number(),
      received: z.number().meta({ description: "Lines that are new there." }),
      known: z.number(),
      receipts: z.number().meta({ description: "Lines beside which a signed receipt was written." }),
      rewrites: z.array(z.looseObject({ file: z.string(), what: z.string() })),
      broken: z.array(z.looseObject({})).meta({ description: "Lines that could not be taken." }),
    }),
    hints: { idempotentHint: true },
    roles: ["admin", "manager", "agent"],
    run: async ({ name }) => {
      const ground = await openGround(context.cwd, name);
      const client = openClient({ ...server, env: context.env });
      const { agent } = await client.ask<typeof showToken>("GET /api/v1/token/self");
      const judge = (head: string) => publishVerdict(client, ground, head);
      const { now } = context.clock;
      return syncCheckout({ client, ground, agent, now, judge, receipts: true, step: () => undefined });
    },
  });
  return [run];
}
