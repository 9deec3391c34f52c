import { openClient, type ServerChoice, showList } from "../../platform/client/index.ts";
import type { CommandContext } from "../../platform/terminal/index.ts";
import type { ExitCode } from "../../vocabulary/exit-code.ts";
import type * as contract from "./contract.ts";

export interface ListOptions extends ServerChoice {
  actor?: string;
  action?: string;
  limit: string;
}

export async function listEntries(options: ListOptions, context: CommandContext): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const { items } = await client.ask<typeof contract.listEntries>("GET /api/v1/audit", {
    query: { limit: Number(options.limit), actor: options.actor, action: options.action },
  });
  return showList(context, options, items, {
    none: "nothing yet",
    columns: {
      at: ({ at }) => at,
      actor: ({ actor }) => actor,
      action: ({ action }) => action,
      result: ({ result }) => result,
      target: ({ target }) => target,
    },
  });
}
