import type { Readable, Writable } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import { StdioServerTransport, serveStdio } from "@modelcontextprotocol/server/stdio";
import { atMost } from "../turns/index.ts";
import { createToolServer, type ToolServerParts } from "./create-tool-server.ts";
import { LineGate } from "./line-gate.ts";

const MAX_LINE_BYTES = 8 << 20;
const AT_ONCE = 8;
/** JSON-RPC 2.0: a message that is none. */
const INVALID_REQUEST = -32_600;

export interface LinesOptions {
  input: Readable;
  output: Writable;
  /** Told of messages that are none. */
  note(message: string): void;
}

/**
 * Serves tools over lines of JSON, until the input ends and what was asked is answered. Clients of every generation
 * are served: the first message says which.
 */
export async function serveLines(
  parts: ToolServerParts,
  { input, output, note }: LinesOptions,
): Promise<void> {
  const queue = atMost(AT_ONCE);
  let running = 0;
  const find: ToolServerParts["find"] = (name) => {
    const deed = parts.find(name);
    if (deed === null) return null;
    return (given) => {
      running += 1;
      return queue(() => deed(given)).finally(() => {
        running -= 1;
      });
    };
  };
  const idle = async (): Promise<void> => {
    await turn();
    while (running > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await turn();
  };
  const tooLong = (): void => {
    const message = `a message holds over ${MAX_LINE_BYTES} bytes, and was left out`;
    note(message);
    output.write(
      `${JSON.stringify({ jsonrpc: "2.0", id: null, error: { code: INVALID_REQUEST, message } })}\n`,
    );
  };
  const gate = new LineGate(MAX_LINE_BYTES, tooLong, idle);
  const transport = new StdioServerTransport(input.pipe(gate), output);
  const ended = new Promise<void>((resolve) => gate.once("close", resolve).once("end", resolve));
  const served = serveStdio(() => createToolServer({ ...parts, find }), {
    transport,
    onerror: (error) => note(error.message),
  });
  output.once("error", () => gate.destroy());
  await ended;
  await served.close();
}
