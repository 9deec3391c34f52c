import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { Client as FirstClient } from "mcp-sdk-1/client/index.js";
import { StdioClientTransport as FirstStdio } from "mcp-sdk-1/client/stdio.js";
import { StreamableHTTPClientTransport as FirstHttp } from "mcp-sdk-1/client/streamableHttp.js";
import { cliFile } from "./cli-file.ts";

/** What came back from a tool. */
export interface Called {
  isError: boolean;
  /** The answer, or code, message and hint. */
  answer: Record<string, unknown>;
}

/** A client of the protocol, whichever generation it speaks. It compares each answer with the tool's schema. */
export interface McpClient {
  /** The revision that was agreed on. */
  revision: string;
  tools: { name: string; description?: string; inputSchema: object; annotations?: object }[];
  prompts(): Promise<string[]>;
  /** @throws what the protocol calls an error: no such tool, a broken envelope */
  call(name: string, given?: Record<string, unknown>): Promise<Called>;
  close(): Promise<void>;
}

export const GENERATIONS = ["2026-07-28", "2025-11-25"] as const;
export type Generation = (typeof GENERATIONS)[number];

const ME = { name: "growth-engine-test", version: "1.0.0" };

function called({ isError, structuredContent }: Record<string, unknown>): Called {
  return { isError: isError === true, answer: structuredContent as Record<string, unknown> };
}

async function wrap(client: Client | FirstClient, revision: string): Promise<McpClient> {
  // Both have the same methods; only the types of their options differ.
  const either = client as Client;
  const { tools } = await either.listTools();
  return {
    revision,
    tools: tools as McpClient["tools"],
    prompts: async () => (await either.listPrompts()).prompts.map(({ name }) => name),
    call: async (name, given = {}) => called({ ...(await either.callTool({ name, arguments: given })) }),
    close: () => either.close(),
  };
}

/** Connects to `/mcp` of a control plane. */
export async function overHttp(
  server: string,
  token: string,
  generation: Generation = "2026-07-28",
  headers: Record<string, string> = {},
): Promise<McpClient> {
  const url = new URL(`${server}/mcp`);
  const options = { requestInit: { headers: { authorization: `Bearer ${token}`, ...headers } } };
  if (generation === "2026-07-28") {
    const client = new Client(ME, { versionNegotiation: { mode: "auto" } });
    await client.connect(new StreamableHTTPClientTransport(url, options));
    return wrap(client, client.getNegotiatedProtocolVersion() ?? "");
  }
  const client = new FirstClient(ME);
  const transport = new FirstHttp(url, options);
  await client.connect(transport as never);
  return wrap(client, transport.protocolVersion ?? "");
}

/** Starts the built `growth-engine mcp serve` in a checkout, as a client does. */
export async function overStdio(
  folder: string,
  env: Record<string, string> = {},
  generation: Generation = "2026-07-28",
): Promise<McpClient & { pid: number }> {
  const command = {
    command: process.env.GROWTH_ENGINE_TEST_NODE ?? process.execPath,
    args: [cliFile(), "mcp", "serve"],
    cwd: folder,
    env: { PATH: process.env.PATH ?? "", HOME: folder, ...env },
    stderr: "ignore" as const,
  };
  if (generation === "2026-07-28") {
    const client = new Client(ME, { versionNegotiation: { mode: "auto" } });
    const transport = new StdioClientTransport(command);
    await client.connect(transport);
    return { ...(await wrap(client, client.getNegotiatedProtocolVersion() ?? "")), pid: transport.pid ?? 0 };
  }
  const client = new FirstClient(ME);
  const transport = new FirstStdio(command);
  await client.connect(transport);
  return { ...(await wrap(client, generation)), pid: transport.pid ?? 0 };
}
