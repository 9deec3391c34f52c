import { Agent, request } from "node:http";

const CONNECTIONS = 64;

/**
 * Asks a control plane in JSON over connections that stay open.
 * @returns {(method: string, path: string, body?: unknown) => Promise<{ status: number, body: any, ms: number }>}
 *   `ms` from the call to the whole answer
 */
export function httpClient(url, token) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  return (method, path, body) =>
    new Promise((resolve, reject) => {
      const begin = process.hrtime.bigint();
      const text = body === undefined ? "" : JSON.stringify(body);
      const headers = {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(method === "GET" ? {} : { "content-length": Buffer.byteLength(text) }),
      };
      const asked = request(`${url}${path}`, { method, headers, agent }, (response) => {
        const chunks = [];
        response.on("data", (chunk) => chunks.push(chunk));
        response.on("end", () => {
          const ms = Number(process.hrtime.bigint() - begin) / 1e6;
          resolve({
            status: response.statusCode ?? 0,
            body: JSON.parse(Buffer.concat(chunks).toString()),
            ms,
          });
        });
      });
      asked.on("error", reject);
      asked.end(text);
    });
}
