import { Client, StreamableHTTPClientTransport, type Transport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { Client as FirstClient } from "mcp-sdk-1/client/index.js";
import { StdioClientTransport as FirstStdio } from "mcp-sdk-1/client/stdio.js";
import { StreamableHTTPClientTransport as FirstHttp } from "mcp-sdk-1/client/streamableHttp.js";
import { CreateMessageRequestSchema, ElicitRequestSchema, ListRootsRequestSchema } from "mcp-sdk-1/types.js";
import type { Generation } from "./mcp-clients.ts";

/** How to start a server. */
export interface Start {
  command: string;
  args: string[];
  cwd: string;
  env: Record<string, string>;
}

/** Where a server is that runs already. */
export interface Address {
  url: string;
  token?: string;
}

/** What a client says and hears: each message as it came, in order; `out` was sent, `in` was received. */
export type Transcript = string[];

const ME = { name: "growth-engine-test", version: "1.0.0" };
const CAPABILITIES = { sampling: {}, elicitation: {}, roots: { listChanged: true } };
const SAMPLED = {
  model: "none",
  role: "assistant" as const,
  content: { type: "text" as const, text: "Yes." },
};

/** Notes what passes through a transport, without times, which differ from run to run. */
function listen(transport: Transport, transcript: Transcript): void {
  const note = (way: string, message: unknown) => {
    const text = JSON.stringify(message)
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z|\d+:\d\d:\d\d [AP]M/g, "<time>")
      .replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, "<session>");
    transcript.push(`${way} ${text}`);
  };
  const send = transport.send.bind(transport);
  transport.send = (message, ...more) => {
    note("out", message);
    return send(message, ...more);
  };
  // Clients set it anew after they have found out which generation the server speaks.
  let hear = transport.onmessage;
  Object.defineProperty(transport, "onmessage", {
    get: () => hear,
    set: (next: typeof hear) => {
      hear =
        next &&
        ((message, ...more) => {
          note("in", message);
          next(message, ...more);
        });
    },
  });
}

function transportOf(to: Start | Address, generation: Generation): Transport {
  const isFirst = generation === "2025-11-25";
  if ("command" in to) {
    const options = { ...to, stderr: "ignore" as const };
    return isFirst ? (new FirstStdio(options) as never) : new StdioClientTransport(options);
  }
  const headers: Record<string, string> =
    to.token === undefined ? {} : { authorization: `Bearer ${to.token}` };
  const options = { requestInit: { headers } };
  const url = new URL(to.url);
  return isFirst ? (new FirstHttp(url, options) as never) : new StreamableHTTPClientTransport(url, options);
}

/** Answers what a server may ask of its client. */
function answerServer(client: FirstClient): void {
  client.setRequestHandler(CreateMessageRequestSchema, () => SAMPLED);
  client.setRequestHandler(ElicitRequestSchema, () => ({ action: "decline" as const }));
  client.setRequestHandler(ListRootsRequestSchema, () => ({ roots: [{ uri: "file:///tmp", name: "tmp" }] }));
}

const QUIET_MS = 500;

/** Waits until the server, too, has said all that follows from what was done. */
async function untilQuiet(transcript: Transcript): Promise<void> {
  for (let before = -1; before < transcript.length; ) {
    before = transcript.length;
    await new Promise((done) => setTimeout(done, QUIET_MS));
  }
}

/** What a client does. A deed that fails has its failure in the transcript. */
export type Script = (client: FirstClient, generation: Generation) => (() => Promise<unknown>)[];

/**
 * Plays a script with a client of a generation against a server, and tells all that passed. Sorted, since what a
 * server does by itself may come a little earlier or later.
 */
export async function transcribe(
  to: Start | Address,
  generation: Generation,
  script: Script,
): Promise<Transcript> {
  const transcript: Transcript = [];
  const transport = transportOf(to, generation);
  listen(transport, transcript);
  const isFirst = generation === "2025-11-25";
  const client = isFirst
    ? new FirstClient(ME, { capabilities: CAPABILITIES })
    : new Client(ME, { versionNegotiation: { mode: "auto" } });
  if (client instanceof FirstClient) answerServer(client);
  await client.connect(transport as never);
  try {
    await untilQuiet(transcript);
    for (const deed of script(client as FirstClient, generation)) await deed().catch(() => undefined);
    await untilQuiet(transcript);
  } finally {
    await client.close();
  }
  return transcript.sort();
}
