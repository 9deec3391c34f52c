import { Client, type Transport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { Client as FirstClient } from "mcp-sdk-1/client/index.js";
import { StdioClientTransport as FirstStdio } from "mcp-sdk-1/client/stdio.js";
import { CreateMessageRequestSchema, ElicitRequestSchema, ListRootsRequestSchema } from "mcp-sdk-1/types.js";
import type { Generation } from "./mcp-clients.ts";

/** How to start a server. */
export interface Start {
  command: string;
  args: string[];
  cwd: string;
  env: Record<string, string>;
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
    const text = JSON.stringify(message).replace(/\d{4}-\d\d-\d\dT[\d:.]+Z|\d+:\d\d:\d\d [AP]M/g, "<time>");
    transcript.push(`${way} ${text}`);
  };
  const send = transport.send.bind(transport);
  transport.send = (message, ...more) => {
    note("out", message);
    return send(message, ...more);
  };
  const start = transport.start.bind(transport);
  transport.start = () => {
    const hear = transport.onmessage;
    transport.onmessage = (message, ...more) => {
      note("in", message);
      hear?.(message, ...more);
    };
    return start();
  };
}

/** Answers what a server may ask of its client. */
function answerServer(client: FirstClient): void {
  client.setRequestHandler(CreateMessageRequestSchema, () => SAMPLED);
  client.setRequestHandler(ElicitRequestSchema, () => ({ action: "decline" as const }));
  client.setRequestHandler(ListRootsRequestSchema, () => ({ roots: [{ uri: "file:///tmp", name: "tmp" }] }));
}

const QUIET_MS = 400;

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
export async function transcribe(start: Start, generation: Generation, script: Script): Promise<Transcript> {
  const transcript: Transcript = [];
  const options = { ...start, stderr: "ignore" as const };
  let client: FirstClient;
  if (generation === "2025-11-25") {
    client = new FirstClient(ME, { capabilities: CAPABILITIES });
    answerServer(client);
    const transport = new FirstStdio(options);
    listen(transport as never, transcript);
    await client.connect(transport);
  } else {
    const second = new Client(ME, { versionNegotiation: { mode: "auto" } });
    const transport = new StdioClientTransport(options);
    listen(transport, transcript);
    await second.connect(transport);
    client = second as never;
  }
  try {
    for (const deed of script(client, generation)) await deed().catch(() => undefined);
    await untilQuiet(transcript);
  } finally {
    await client.close();
  }
  return transcript.sort();
}
