import { type JSONRPCMessage, parseJSONRPCMessage, type Transport } from "@modelcontextprotocol/client";
import type { SpawnedServer } from "./spawn-server.ts";

/** A list of tools is kilobytes; megabytes are none. */
export const MAX_OUTPUT_BYTES = 4 << 20;
const MAX_NOISE = 120;
const MAX_STDERR = 300;

/** JSON-RPC over a process's pipes, one message a line, with an end to how much it may say. */
export class ProcessTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;
  /** The first line that was no message of the protocol. */
  noise: string | null = null;
  /** What it said last on standard error. */
  stderr = "";
  /** Bytes on standard output. */
  bytes = 0;
  /** How it ended by itself, such as `exit 1`; null while it runs. */
  ended: string | null = null;
  readonly #server: SpawnedServer;
  #rest = "";
  #overflow: () => void = () => undefined;
  /** Resolves when it said too much. */
  readonly flooded = new Promise<void>((resolve) => {
    this.#overflow = resolve;
  });

  constructor(server: SpawnedServer) {
    this.#server = server;
  }

  async start(): Promise<void> {
    const { child } = this.#server;
    child.stdin?.on("error", () => undefined);
    child.stdout.setEncoding("utf8").on("data", (part: string) => this.#take(part));
    child.stderr.setEncoding("utf8").on("data", (part: string) => {
      this.stderr = (this.stderr + part).slice(-MAX_STDERR);
    });
    child.once("exit", (code, signal) => {
      this.ended = signal === null ? `exit ${code}` : signal;
    });
    child.once("close", () => this.onclose?.());
  }

  #take(part: string): void {
    this.bytes += Buffer.byteLength(part);
    if (this.bytes > MAX_OUTPUT_BYTES) {
      this.#server.child.stdout.destroy();
      this.#overflow();
      return;
    }
    const lines = (this.#rest + part).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#hear(line.trim());
  }

  #hear(line: string): void {
    if (line === "") return;
    let message: JSONRPCMessage;
    try {
      message = parseJSONRPCMessage(JSON.parse(line));
    } catch {
      this.noise ??= line.slice(0, MAX_NOISE);
      return;
    }
    this.onmessage?.(message);
  }

  async send(message: JSONRPCMessage): Promise<void> {
    this.#server.child.stdin?.write(`${JSON.stringify(message)}\n`);
  }

  close(): Promise<void> {
    return this.#server.end();
  }
}
