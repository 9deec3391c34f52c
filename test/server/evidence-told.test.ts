import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { listKept, tellEvidence } from "../../src/features/evidence/live/contract.ts";
import { openGround } from "../../src/features/sync/verbs/open-ground.ts";
import { syncCheckout } from "../../src/features/sync/verbs/sync-checkout.ts";
import { openClient } from "../../src/platform/client/index.ts";
import { type ControlPlane, startControlPlane } from "../harness/control-plane.ts";
import { temporaryRepository } from "../harness/temporary-repository.ts";

const LINE = { tool: "context7", doc_ref: "https://docs.example.com/cart", purpose: "how carts are kept" };

describe("evidence that an agent tells the control plane itself", () => {
  let plane: ControlPlane;
  let manager: string;
  let ada: string;
  beforeAll(async () => {
    plane = await startControlPlane();
    manager = await plane.token("manager");
    ada = await plane.token("agent", { agent: "ada" });
    await plane.admin("POST /api/v1/fleet/repository", { body: { name: "org/shop" } });
  });
  afterAll(() => plane.close());

  const tell = (token: string, body: object) =>
    plane.as(token)<typeof tellEvidence>("POST /api/v1/evidence", { body: body as never });
  const kept = async () =>
    (
      await plane.admin<typeof listKept>("GET /api/v1/evidence", {
        query: { repository: "org/shop" } as never,
      })
    ).body.items;

  it("is kept, and is the same line when its file is synced", async () => {
    const { status, body } = await tell(ada, { repository: "org/shop", lines: [{ ...LINE, task: "ENG-1" }] });
    expect([status, body.received]).toEqual([200, 1]);
    const [written] = body.written;
    expect(written?.file).toMatch(/^artifacts\/ada\/\d{4}-\d\d-\d\d\/mcp\/context7\.jsonl$/);
    expect(JSON.parse(written?.line ?? "")).toEqual({ ...written?.entry, agent: "ada", task: "ENG-1" });
    const { folder } = temporaryRepository({ "README.md": "# Shop\n" });
    const file = join(folder, written?.file ?? "");
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${written?.line}\n`);
    const env = { GROWTH_ENGINE_URL: plane.url, GROWTH_ENGINE_TOKEN: manager };
    const ground = await openGround(folder, "org/shop");
    const tally = await syncCheckout({
      client: openClient({ env }),
      ground,
      agent: null,
      now: () => Date.now(),
      judge: async () => null,
      step: () => undefined,
    });
    expect(tally).toMatchObject({ received: 0, known: 1, broken: [] });
    expect((await kept()).map(({ agent, brought_by, task }) => [agent, brought_by, task])).toEqual([
      ["ada", "agent:ada", "ENG-1"],
    ]);
  });

  it("is kept once when it is told twice, and without its secrets", async () => {
    const line = { ...LINE, request_id: "r-1", timestamp: new Date(plane.clock.now()).toISOString() };
    const first = await tell(ada, { repository: "org/shop", lines: [line, line] });
    expect([
      first.body.received,
      (await tell(ada, { repository: "org/shop", lines: [line] })).body.received,
    ]).toEqual([1, 0]);
    const secret = `ghp_${"a1B2".repeat(9)}`;
    const told = await tell(ada, { repository: "org/shop", lines: [{ ...LINE, purpose: `with ${secret}` }] });
    expect(told.body.redacted).toEqual([expect.stringContaining("purpose")]);
    expect(JSON.stringify([told.body, await kept()])).not.toContain(secret);
  });

  it("is of the agent of the token, of a repository of the fleet, and of the time that lines are kept", async () => {
    const wrong: [string, object, string][] = [
      [ada, { repository: "org/shop", lines: [{ ...LINE, agent: "bob" }] }, "TOKEN_ROLE"],
      [ada, { repository: "org/other", lines: [LINE] }, "REPOSITORY_UNKNOWN"],
      [
        ada,
        { repository: "org/shop", lines: [{ ...LINE, timestamp: "2001-01-01T00:00:00Z" }] },
        "INPUT_INVALID",
      ],
      [
        ada,
        { repository: "org/shop", lines: [{ ...LINE, timestamp: "2199-01-01T00:00:00Z" }] },
        "INPUT_INVALID",
      ],
      [manager, { repository: "org/shop", lines: [LINE] }, "INPUT_INVALID"],
      [ada, { repository: "org/shop", lines: [{ ...LINE, purpose: " " }] }, "INPUT_INVALID"],
      [ada, { repository: "org/shop", lines: [] }, "INPUT_INVALID"],
    ];
    const before = (await kept()).length;
    for (const [token, body, code] of wrong)
      expect((await tell(token, body)).body.code, JSON.stringify(body)).toBe(code);
    expect(await kept()).toHaveLength(before);
    const forBob = await tell(manager, { repository: "org/shop", lines: [{ ...LINE, agent: "bob" }] });
    expect(forBob.body.written[0]?.file).toContain("artifacts/bob/");
  });
});
