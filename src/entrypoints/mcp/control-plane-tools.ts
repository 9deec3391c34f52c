import { type Client, openClient } from "../../platform/client/index.ts";
import type { Endpoint } from "../../platform/endpoint/index.ts";
import { type EndpointTool, endpointTool, isTool, type Json, type Tool } from "../../platform/mcp/index.ts";
import { ENDPOINTS } from "./endpoints.ts";
import { SHELVES } from "./shelf.ts";
import type { Workplace } from "./workplace.ts";

/** What a tool is about is known by its description alone, so the types of its call are too. */
async function ask(client: Client, tool: EndpointTool, given: Json): Promise<Json> {
  const { method, path } = tool.endpoint;
  return (await client.ask<Endpoint>(`${method} ${path}`, tool.callOf(given) as never)) as Json;
}

function plainTool(tool: EndpointTool, { server, context }: Workplace): Tool {
  return { ...tool, run: (given) => ask(openClient({ ...server, env: context.env }), tool, given) };
}

/** Tools whose answer says that the caller holds something from now on. */
const TAKES: Readonly<Record<string, string>> = {
  task_claim: "task",
  task_claim_next: "task",
  reservation_take: "reservation",
  reservation_show: "reservation",
};

function takingTool(tool: EndpointTool, kind: string, place: Workplace): Tool {
  return {
    ...tool,
    run: async (given) => {
      tool.callOf(given);
      const shelf = await SHELVES[kind]?.(place);
      if (shelf === undefined) throw new Error(`nothing is kept of a ${kind}`);
      const answer = await ask(shelf.desk.client, tool, given);
      shelf.settle(answer);
      return answer;
    },
  };
}

/** The parameter that names what a write is fenced by; null for what takes no fence. */
function fencedBy({ endpoint: { params }, input }: EndpointTool): string | null {
  const named = Object.keys(params?.shape ?? {}).find((name) => name in SHELVES);
  return named !== undefined && "fence" in ((input.properties ?? {}) as Json) ? named : null;
}

function without(input: Json, names: readonly string[]): Json {
  const required = ((input.required ?? []) as string[]).filter((name) => !names.includes(name));
  return { ...input, required };
}

function fencedTool(tool: EndpointTool, kind: string, place: Workplace): Tool {
  return {
    ...tool,
    says: `${tool.says} The ${kind} and its fence may be left out when this checkout holds it.`,
    input: without(tool.input, [kind, "fence"]),
    run: async (given) => {
      // Mistakes in the words are told before anybody is asked.
      tool.callOf({ [kind]: "-", ...given });
      const shelf = await SHELVES[kind]?.(place);
      if (shelf === undefined) throw new Error(`nothing is kept of a ${kind}`);
      const { id, fence } = shelf.find(given, tool.name.slice(kind.length + 1));
      const whole = { ...given, [kind]: id, ...(fence === undefined ? {} : { fence }) };
      const answer = await shelf.write(id, () => ask(shelf.desk.client, tool, whole));
      shelf.settle(answer);
      return answer;
    },
  };
}

function toolOf(tool: EndpointTool, place: Workplace): Tool {
  const taken = TAKES[tool.name];
  if (taken !== undefined) return takingTool(tool, taken, place);
  const fenced = fencedBy(tool);
  return fenced === null ? plainTool(tool, place) : fencedTool(tool, fenced, place);
}

/** A tool for everything that can be asked of the control plane; without one, each says how to get there. */
export function controlPlaneTools(place: Workplace): Tool[] {
  return ENDPOINTS.filter(isTool).map((endpoint) => toolOf(endpointTool(endpoint), place));
}
