import { request as ask, createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** An address of this machine that passes everything on to a server, with a token: for callers that know of none. */
export interface TokenGate {
  url: string;
  close(): Promise<void>;
}

/** Opens one; `Host` and `Origin` stay as the caller said them, but for the port where it is that of the gate. */
export async function withToken(server: string, token: string): Promise<TokenGate> {
  const { hostname, port } = new URL(server);
  const gate = createServer((incoming, answer) => {
    const own = `:${(gate.address() as AddressInfo).port}`;
    const said = Object.entries(incoming.headers).map(([name, value]) => [
      name,
      name === "host" || name === "origin" ? String(value).replace(own, `:${port}`) : value,
    ]);
    const headers = { ...Object.fromEntries(said), authorization: `Bearer ${token}` };
    const outgoing = ask(
      { hostname, port, path: incoming.url, method: incoming.method, headers },
      (response) => {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(answer);
      },
    );
    outgoing.on("error", () => answer.destroy());
    answer.on("close", () => outgoing.destroy());
    incoming.pipe(outgoing);
  });
  await new Promise<void>((resolve) => gate.listen(0, "127.0.0.1", resolve));
  const address = gate.address() as AddressInfo;
  return {
    url: `http://localhost:${address.port}`,
    close: async () => {
      gate.closeAllConnections();
      await new Promise((resolve) => gate.close(resolve));
    },
  };
}
