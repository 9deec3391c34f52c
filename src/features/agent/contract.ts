import { z } from "zod";
import { endpoint, name, optionalPage, page, text } from "../../platform/endpoint/index.ts";

export const AgentView = z.object({
  name: z.string(),
  description: z.string().nullable(),
  created_at: z.string().meta({ description: "RFC 3339" }),
  retired_at: z.string().nullable(),
});
export type AgentView = z.output<typeof AgentView>;

export const addAgent = endpoint({
  name: "agent_add",
  method: "POST",
  path: "/api/v1/agent",
  says: "Makes an agent.",
  roles: ["admin", "manager"],
  body: z.strictObject({ name: name(64), description: text(2000).optional() }),
  answer: AgentView,
  status: 201,
});

export const listAgents = endpoint({
  name: "agent_list",
  method: "GET",
  path: "/api/v1/agent",
  says: "The agents of the fleet, by name.",
  roles: ["admin", "manager", "agent", "viewer"],
  query: z.strictObject(optionalPage),
  answer: page(AgentView),
});

export const retireAgent = endpoint({
  name: "agent_retire",
  method: "POST",
  path: "/api/v1/agent/:agent/retire",
  says: "Retires an agent: its tokens are refused from now on, its history stays.",
  roles: ["admin", "manager"],
  params: z.strictObject({ agent: name(64) }),
  body: z.strictObject({}).optional(),
  answer: AgentView,
});
