import { openClient, type ServerChoice, show, showList } from "../../platform/client/index.ts";
import type { CommandContext } from "../../platform/terminal/index.ts";
import type { ExitCode } from "../../vocabulary/exit-code.ts";
import type * as contract from "./contract.ts";

export interface RepositoryOptions extends ServerChoice {
  address?: string;
}

export interface RemoveOptions extends ServerChoice {
  confirm: string;
}

export async function addFleet(
  name: string,
  options: ServerChoice,
  context: CommandContext,
): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const fleet = await client.ask<typeof contract.addFleet>("POST /api/v1/fleet", { body: { name } });
  return show(context, options, fleet, `the fleet ${fleet.name} is made`);
}

export async function removeFleet(
  name: string,
  options: RemoveOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const fleet = await client.ask<typeof contract.removeFleet>("POST /api/v1/fleet/:fleet/remove", {
    params: { fleet: name },
    body: { confirm: options.confirm },
  });
  return show(context, options, fleet, `the fleet ${fleet.name} is removed; its audit stays`);
}

export async function listFleets(options: ServerChoice, context: CommandContext): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const items = await client.all<typeof contract.listFleets>("GET /api/v1/fleet");
  return showList(context, options, items, {
    none: "no fleet yet: growth-engine fleet add <name>",
    columns: { fleet: ({ name }) => name, made: ({ created_at }) => created_at },
  });
}

/** Adds the repository when one is named, else lists them. */
export async function repositories(
  name: string | undefined,
  options: RepositoryOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  if (name !== undefined) {
    const body = { name, ...(options.address === undefined ? {} : { url: options.address }) };
    const added = await client.ask<typeof contract.addRepository>("POST /api/v1/fleet/repository", { body });
    return show(context, options, added, `the repository ${added.name} is added`);
  }
  const { items } = await client.ask<typeof contract.listRepositories>("GET /api/v1/fleet/repository");
  return showList(context, options, items, {
    none: "no repository yet: growth-engine fleet repository <name>",
    columns: { repository: (row) => row.name, address: ({ url }) => url ?? "–" },
  });
}
