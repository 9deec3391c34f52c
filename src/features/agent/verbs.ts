import { openClient, type ServerChoice, show, showList } from "../../platform/client/index.ts";
import type { CommandContext } from "../../platform/terminal/index.ts";
import type { ExitCode } from "../../vocabulary/exit-code.ts";
import type * as contract from "./contract.ts";

export async function listAgents(options: ServerChoice, context: CommandContext): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const items = await client.all<typeof contract.listAgents>("GET /api/v1/agent");
  return showList(context, options, items, {
    none: "no agent yet: growth-engine agent add <name>",
    columns: {
      agent: ({ name }) => name,
      state: ({ retired_at }) => (retired_at === null ? "active" : `retired ${retired_at.slice(0, 10)}`),
      description: ({ description }) => description ?? "",
    },
  });
}

export async function retireAgent(
  name: string,
  options: ServerChoice,
  context: CommandContext,
): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const agent = await client.ask<typeof contract.retireAgent>("POST /api/v1/agent/:agent/retire", {
    params: { agent: name },
  });
  return show(context, options, agent, `the agent ${agent.name} is retired; its tokens are refused`);
}
