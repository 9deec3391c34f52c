import { claim, type Desk, openDesk, takeUp, withClaim } from "../../features/task/index.ts";
import { type Client, openClient } from "../../platform/client/index.ts";
import type { Endpoint } from "../../platform/endpoint/index.ts";
import { type EndpointTool, endpointTool, type Json, type Tool } from "../../platform/mcp/index.ts";
import { ENDPOINTS } from "./endpoints.ts";
import type { Workplace } from "./workplace.ts";

/** What a tool is about is known by its description alone, so the types of its call are too. */
async function ask(client: Client, tool: EndpointTool, given: Json): Promise<Json> {
  const { method, path } = tool.endpoint;
  return (await client.ask<Endpoint>(`${method} ${path}`, tool.callOf(given) as never)) as Json;
}

function plainTool(tool: EndpointTool, { server, context }: Workplace): Tool {
  return { ...tool, run: (given) => ask(openClient({ ...server, env: context.env }), tool, given) };
}

/** A write on a task that its holder says the fence of. */
function takesFence({ endpoint: { params, body }, input }: EndpointTool): boolean {
  const properties = (input.properties ?? {}) as Json;
  return params !== undefined && "task" in params.shape && body !== undefined && "fence" in properties;
}

const GIVEN_BY_CHECKOUT = ["task", "fence"];
const CARRIED = "Task and fence may be left out when this checkout holds the claim.";

function without(input: Json, names: readonly string[]): Json {
  const required = ((input.required ?? []) as string[]).filter((name) => !names.includes(name));
  return { ...input, required };
}

/** What the answer says of the holder is what this checkout remembers. */
function settle({ claims, agent }: Desk, { id, holder, fence }: Json): void {
  if (typeof id !== "string" || holder === undefined) return;
  if (holder === agent && typeof fence === "number") claims?.remember({ task: id, fence });
  else claims?.forget(id);
}

function fencedTool(tool: EndpointTool, { server, context }: Workplace): Tool {
  return {
    ...tool,
    says: `${tool.says} ${CARRIED}`,
    input: without(tool.input, GIVEN_BY_CHECKOUT),
    run: async (given) => {
      // Mistakes in the words are told before anybody is asked.
      tool.callOf({ task: "-", ...given });
      const desk = await openDesk(server, context);
      const said = given.fence === undefined ? {} : { fence: String(given.fence) };
      const verb = tool.name.slice("task_".length);
      const { task, fence } = takeUp(
        desk,
        given.task === undefined ? undefined : String(given.task),
        said,
        verb,
      );
      const whole = { ...given, task, ...(fence === undefined ? {} : { fence }) };
      const answer = await withClaim(desk, task, () => ask(desk.client, tool, whole));
      settle(desk, answer);
      return answer;
    },
  };
}

/** The checkout remembers the fence of what is claimed in it. */
function claimTool(tool: EndpointTool, { server, context }: Workplace): Tool {
  return {
    ...tool,
    run: async (given) => {
      const { params } = tool.callOf(given);
      return { ...(await claim(await openDesk(server, context), params.task ?? "")) };
    },
  };
}

/** A tool for everything that can be asked of the control plane; without one, each says how to get there. */
export function controlPlaneTools(place: Workplace): Tool[] {
  return ENDPOINTS.map(endpointTool).map((tool) => {
    if (tool.name === "task_claim") return claimTool(tool, place);
    return takesFence(tool) ? fencedTool(tool, place) : plainTool(tool, place);
  });
}
