import { openClient, type ServerChoice, showList } from "../../platform/client/index.ts";
import type { CommandContext } from "../../platform/terminal/index.ts";
import type { ExitCode } from "../../vocabulary/exit-code.ts";
import type * as contract from "./contract.ts";
import type { EntryView } from "./contract.ts";

export interface ListOptions extends ServerChoice {
  actor?: string;
  action?: string;
  limit: string;
  server?: boolean;
}

export async function listEntries(options: ListOptions, context: CommandContext): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const query = { limit: Number(options.limit), actor: options.actor, action: options.action };
  const { items } = options.server
    ? await client.ask<typeof contract.listServerEntries>("GET /api/v1/audit/server", { query })
    : await client.ask<typeof contract.listEntries>("GET /api/v1/audit", { query });
  return showList<EntryView & { fleet?: string | null }>(context, options, items, {
    none: "nothing yet",
    columns: {
      at: ({ at }) => at,
      ...(options.server ? { fleet: ({ fleet }) => fleet ?? "–" } : {}),
      actor: ({ actor }) => actor,
      action: ({ action }) => action,
      result: ({ result }) => result,
      address: ({ address }) => address,
      target: ({ target }) => target,
    },
  });
}
