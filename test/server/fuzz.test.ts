import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ControlPlane, startControlPlane } from "../harness/control-plane.ts";
import { malform, seeded } from "../harness/malform.ts";
import { type Operation, readOperations, sampleRequest } from "../harness/sample-request.ts";
import { seedFleet } from "../harness/seed-fleet.ts";

const REQUESTS = 10_000;
const AT_ONCE = 32;
/** What only our insides know: stacks, paths, statements, tables. */
const INSIDES =
  /node_modules|\n\s+at |\/src\/|\.ts:\d|growth_engine\.|select .* from |insert into |relation "|\bkysely\b|postgres/i;

interface Sent {
  status: number;
  text: string;
}

/** Node's own client: fetch mends or refuses half of what a hostile caller sends. */
function send(
  url: string,
  { method, path, body, contentType, headers }: ReturnType<typeof malform>,
  token: string,
): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL(url), {
      method,
      path,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === null ? {} : { "content-type": contentType, "content-length": Buffer.byteLength(body) }),
        ...headers,
      },
    });
    outgoing.on("error", reject);
    outgoing.on("response", (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", reject);
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString("utf8") }),
      );
    });
    outgoing.end(body ?? undefined);
  });
}

describe("ten thousand malformed requests", () => {
  let plane: ControlPlane;
  let operations: Operation[] = [];
  let words: Record<string, string> = {};
  let token = "";
  beforeAll(async () => {
    plane = await startControlPlane();
    words = await seedFleet(plane, "seeded");
    operations = await readOperations(plane.url);
    token = await plane.token("manager");
  });
  afterAll(() => plane.close());

  it("are answered without an internal error, and tell nothing of our insides", async () => {
    const seed = Number(process.env.GROWTH_ENGINE_TEST_SEED ?? 20_261_126);
    const choose = seeded(seed);
    const bad: string[] = [];
    const statuses = new Map<number, number>();
    const one = async (): Promise<void> => {
      const operation = operations[choose(operations.length)] as Operation;
      const wrong = malform(sampleRequest(operation, words), choose);
      let sent: Sent;
      try {
        sent = await send(plane.url, wrong, token);
      } catch (error) {
        // A header that Node does not send, or a connection that the server ended after its answer: told, not hidden.
        if (!/Invalid character|EPIPE|ECONNRESET|unescaped/.test(String(error)))
          bad.push(`${operation.name}: ${error}`);
        return;
      }
      statuses.set(sent.status, (statuses.get(sent.status) ?? 0) + 1);
      if (sent.status >= 500 || (sent.status >= 400 && INSIDES.test(sent.text)))
        bad.push(
          `${operation.name} ${wrong.method} ${wrong.path.slice(0, 200)} ${wrong.body?.slice(0, 300)}: ${sent.status} ${sent.text.slice(0, 300)}`,
        );
    };
    for (let sent = 0; sent < REQUESTS; sent += AT_ONCE)
      await Promise.all(Array.from({ length: AT_ONCE }, one));
    expect(bad.slice(0, 10), `seed ${seed}`).toEqual([]);
    expect(statuses.get(400) ?? 0, JSON.stringify([...statuses])).toBeGreaterThan(REQUESTS / 3);
    expect((await fetch(`${plane.url}/readyz`)).status).toBe(200);
  }, 240_000);
});
