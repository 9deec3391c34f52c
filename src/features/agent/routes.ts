import { pageOf, textIn } from "../../platform/endpoint/index.ts";
import { Refusal } from "../../platform/errors/index.ts";
import { type Route, route } from "../../platform/server/index.ts";
import * as contract from "./contract.ts";
import { insertAgent, listAgents, updateRetired } from "./store.ts";

/** What can be asked about agents. */
export const AGENT_ROUTES: readonly Route[] = [
  route(contract.addAgent, async ({ transaction, actor, body, now }) => {
    const agent = { name: body.name, description: body.description ?? null, now };
    const added = await insertAgent(transaction, actor.fleet.id, agent);
    if (!added) throw new Refusal("REFUSED", `the agent ${body.name} is there already`, { exit: 1 });
    return added;
  }),
  route(contract.listAgents, async ({ transaction, query }) => {
    const { limit, cursor } = query;
    const rows = await listAgents(transaction, { after: textIn(cursor), limit });
    return pageOf(rows, { limit, position: ({ name }) => [name], view: (row) => row });
  }),
  route(contract.retireAgent, async ({ transaction, params, now }) => {
    const retired = await updateRetired(transaction, params.agent, now);
    if (retired) return retired;
    throw new Refusal("AGENT_UNKNOWN", `there is no agent ${params.agent} in this fleet`, {
      hint: "growth-engine agent list",
    });
  }),
];
