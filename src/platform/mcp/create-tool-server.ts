import { ProtocolError, ProtocolErrorCode, Server } from "@modelcontextprotocol/server";
import type { Json, ToolDescription } from "./tool.ts";
import { failureOf, resultOf } from "./tool-result.ts";

/** Text that a person chooses in a client, to set an agent going. */
export interface Prompt {
  name: string;
  says: string;
  text: string;
}

/** What a server of tools is put together from. */
export interface ToolServerParts {
  version: string;
  /** What a client's model is told of the tools as a whole. */
  instructions: string;
  /** What this caller sees. */
  list(): Promise<readonly ToolDescription[]>;
  prompts?: readonly Prompt[];
  /** The deed of a tool; null when there is none of this name. */
  find(name: string): ((given: Json) => Promise<Json>) | null;
  /** Told of what went wrong on our side. */
  report(error: unknown): void;
}

function listed({ name, says, input, output, hints }: ToolDescription) {
  // The SDK's types are of objects with named fields; these are JSON Schema as it is.
  return {
    name,
    description: says,
    inputSchema: input as never,
    outputSchema: output as never,
    annotations: hints,
  };
}

function unknown(what: string, name: string): ProtocolError {
  return new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown ${what}: ${name.slice(0, 200)}`);
}

/** There is one page of everything, so no cursor is of ours. */
function refuseCursor(params: { cursor?: unknown } | undefined): void {
  if (params?.cursor !== undefined)
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, "Unknown cursor");
}

function answerTools(server: Server, { list, find, report }: ToolServerParts): void {
  server.setRequestHandler("tools/list", async ({ params }) => {
    refuseCursor(params);
    return { tools: (await list()).map(listed) };
  });
  server.setRequestHandler("tools/call", async ({ params }) => {
    const deed = find(params.name);
    if (deed === null) throw unknown("tool", params.name);
    try {
      return { ...resultOf(await deed(params.arguments ?? {})) };
    } catch (error) {
      report(error);
      return { ...failureOf(error) };
    }
  });
}

function answerPrompts(server: Server, prompts: readonly Prompt[]): void {
  server.setRequestHandler("prompts/list", ({ params }) => {
    refuseCursor(params);
    return { prompts: prompts.map(({ name, says }) => ({ name, description: says })) };
  });
  server.setRequestHandler("prompts/get", ({ params }) => {
    const prompt = prompts.find(({ name }) => name === params.name);
    if (prompt === undefined) throw unknown("prompt", params.name);
    return {
      description: prompt.says,
      messages: [{ role: "user", content: { type: "text", text: prompt.text } }],
    };
  });
}

/** A server of the Model Context Protocol for one caller; it keeps nothing from call to call. */
export function createToolServer(parts: ToolServerParts): Server {
  const { version, instructions, prompts = [] } = parts;
  const server = new Server(
    { name: "growth-engine", version, title: "Growth Engine" },
    { instructions, capabilities: { tools: {}, ...(prompts.length === 0 ? {} : { prompts: {} }) } },
  );
  answerTools(server, parts);
  if (prompts.length > 0) answerPrompts(server, prompts);
  return server;
}
