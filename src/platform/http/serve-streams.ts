import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type StreamedCall = IncomingMessage;
export type StreamedReply = ServerResponse;

/** A server of this machine alone. */
export interface StreamServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves on a port of the loopback address; answers are written as they come, and may last.
 * @param port 0 for any that is free
 */
export async function serveStreams(
  port: number,
  answer: (call: StreamedCall, reply: StreamedReply) => void,
): Promise<StreamServer> {
  const server = createServer({ requestTimeout: 0 }, answer);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
