import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as it came, whole. */
export interface LoopbackRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Readonly<Record<string, string | undefined>>;
  body: string;
}

/** What to answer; `after` is milliseconds of waiting, and null hangs up without an answer. */
export interface LoopbackResponse {
  status: number;
  headers?: Readonly<Record<string, string>>;
  body: string;
  after?: number;
}

export interface LoopbackServer {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  close(): Promise<void>;
}

const MAX_BODY_BYTES = 1 << 20;

async function readRequest(incoming: IncomingMessage): Promise<LoopbackRequest> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of incoming as AsyncIterable<Buffer>) {
    size += part.length;
    if (size <= MAX_BODY_BYTES) parts.push(part);
  }
  const url = new URL(incoming.url ?? "/", "http://127.0.0.1");
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, value?.toString()]);
  return {
    method: incoming.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    headers: Object.fromEntries(headers),
    body: Buffer.concat(parts).toString("utf8"),
  };
}

function send(response: LoopbackResponse | null, outgoing: ServerResponse): void {
  if (response === null) outgoing.destroy();
  else outgoing.writeHead(response.status, { ...response.headers }).end(response.body);
}

/** Serves on a free port of the loopback address, for this process and its children only. */
export async function serveLoopback(
  answer: (request: LoopbackRequest) => LoopbackResponse | null,
): Promise<LoopbackServer> {
  const waiting = new Set<NodeJS.Timeout>();
  const server = createServer((incoming, outgoing) => {
    readRequest(incoming).then(
      (request) => {
        const response = answer(request);
        const timer = setTimeout(() => send(response, outgoing), response?.after ?? 0);
        waiting.add(timer);
        outgoing.on("close", () => waiting.delete(timer));
      },
      () => outgoing.destroy(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        for (const timer of waiting) clearTimeout(timer);
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
