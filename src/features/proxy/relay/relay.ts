import type { Readable, Writable } from "node:stream";
import { systemCode } from "../../../platform/errors/index.ts";
import { ClientOutput } from "./client-output.ts";

/** Two streams, as the proxy sees one side: what it can write to, and what it reads. */
export interface Side {
  input: Writable;
  output: Readable;
}

/** Who looks at what passed, after it was passed on. */
export interface Watcher {
  fromClient(part: Uint8Array): void;
  fromServer(part: Uint8Array): void;
}

/** Decides what of the client's bytes the server gets. */
export interface Gate {
  /** What may be passed on of these bytes and of earlier ones that were held. */
  push(part: Uint8Array): Uint8Array[];
  /** What may be passed on of the rest. */
  end(): Uint8Array[];
}

/** A pipe whose other end is gone is an end like any other. */
function survive(stream: Readable | Writable, then: () => void): void {
  stream.on("error", (error) => {
    if (systemCode(error) === undefined) throw error;
    then();
  });
}

function passRequests(client: Side, server: Side, gate: Gate | null, watcher: Watcher): void {
  const from = client.output;
  const to = server.input;
  const send = (parts: readonly Uint8Array[]) => {
    for (const part of parts) {
      to.write(part);
      watcher.fromClient(part);
    }
    if (to.writableNeedDrain) from.pause();
  };
  from.on("data", (part: Uint8Array) => send(gate === null ? [part] : gate.push(part)));
  from.on("end", () => {
    if (gate !== null) send(gate.end());
    to.end();
  });
  to.on("drain", () => from.resume());
  survive(from, () => to.end());
  // Who closed its input takes no more; the client hears of it as it would without the proxy: its pipe breaks.
  survive(to, () => from.destroy());
}

/**
 * Passes bytes on between a client and a server, each direction at the pace of its slower end, until both have ended.
 * @param gateOf makes the gate, which may answer the client itself; null where all may pass
 * @returns a promise that is kept when the server has said all, and the client was handed it
 */
export function relay(
  client: Side,
  server: Side,
  watcher: Watcher,
  gateOf: (say: (message: object) => void) => Gate | null,
): Promise<void> {
  const output = new ClientOutput(client.input);
  passRequests(
    client,
    server,
    gateOf((message) => output.say(message)),
    watcher,
  );
  server.output.on("data", (part: Uint8Array) => {
    if (!output.pass(part)) server.output.pause();
    watcher.fromServer(part);
  });
  client.input.on("drain", () => server.output.resume());
  return new Promise((resolve) => {
    // The server then finds its own output closed, as it would without the proxy.
    survive(client.input, () => {
      server.output.destroy();
      resolve();
    });
    survive(server.output, () => resolve());
    server.output.on("close", () => {
      output.end();
      if (client.input.writableLength === 0) resolve();
      else client.input.write("", () => resolve());
    });
  });
}
