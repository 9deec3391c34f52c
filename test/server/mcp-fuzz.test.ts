import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ControlPlane, startControlPlane } from "../harness/control-plane.ts";
import { mutate, seeded } from "../harness/malform.ts";
import { type McpClient, overHttp } from "../harness/mcp-clients.ts";
import { type Schema, sampleValue } from "../harness/sample-request.ts";
import { seedFleet } from "../harness/seed-fleet.ts";

/** For each tool. */
const CALLS = 25;
/** What only our insides know. */
const INSIDES =
  /node_modules|\n\s+at |\/src\/|\.ts:\d|growth_engine\.|select .* from |insert into |relation "|\bkysely\b|postgres/i;
/** These would end what the others need. */
const ENDS = new Set(["token_revoke", "token_rotate", "fleet_remove", "agent_retire"]);

describe("malformed arguments of every tool", () => {
  let plane: ControlPlane;
  let client: McpClient;
  let words: Record<string, string> = {};
  beforeAll(async () => {
    plane = await startControlPlane();
    words = await seedFleet(plane, "seeded");
    client = await overHttp(plane.url, await plane.token("manager"));
  });
  afterAll(async () => {
    await client.close();
    await plane.close();
  });

  it("are answered with a result or a clear error, and tell nothing of our insides", async () => {
    const seed = Number(process.env.GROWTH_ENGINE_TEST_SEED ?? 20_261_126);
    const choose = seeded(seed);
    const bad: string[] = [];
    let errors = 0;
    for (const { name, inputSchema } of client.tools) {
      const sample = sampleValue(inputSchema as Schema, "", words) as Record<string, unknown>;
      for (let at = 0; at < CALLS; at += 1) {
        const wrong = mutate(sample, choose);
        if (typeof wrong !== "object" || wrong === null || Array.isArray(wrong) || ENDS.has(name)) continue;
        const { isError, answer } = await client.call(name, wrong as Record<string, unknown>);
        const told = JSON.stringify(answer);
        if (isError) errors += 1;
        if (isError && (answer.code === "INTERNAL" || INSIDES.test(told)))
          bad.push(`${name} ${JSON.stringify(wrong).slice(0, 200)}: ${told.slice(0, 300)}`);
      }
    }
    expect(bad.slice(0, 10), `seed ${seed}`).toEqual([]);
    expect(errors).toBeGreaterThan(client.tools.length * 5);
    expect((await fetch(`${plane.url}/readyz`)).status).toBe(200);
  }, 240_000);
});
