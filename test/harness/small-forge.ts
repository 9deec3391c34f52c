import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll } from "vitest";

/** An answer of the forge; `null` hangs up. */
export type Route = { status?: number; body: unknown; headers?: Record<string, string> } | null;

export interface SmallForge {
  url: string;
  /** `path` of each request, in order. */
  asked: string[];
  /** The Authorization header of each request. */
  tokens: (string | undefined)[];
}

const closing: (() => void)[] = [];
afterAll(() => {
  for (const close of closing.splice(0)) close();
});

/** Serves fixed answers by path (without the query) on the loopback address; 404 for all others. */
export async function smallForge(routes: Record<string, Route>): Promise<SmallForge> {
  const asked: string[] = [];
  const tokens: SmallForge["tokens"] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1");
    asked.push(pathname);
    tokens.push(request.headers.authorization);
    const route = Object.hasOwn(routes, pathname)
      ? routes[pathname]
      : { status: 404, body: { message: "Not Found" } };
    if (!route) return void response.destroy();
    response.writeHead(route.status ?? 200, { "content-type": "application/json", ...route.headers });
    response.end(typeof route.body === "string" ? route.body : JSON.stringify(route.body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, tokens };
}
