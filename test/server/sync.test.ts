import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { listKept } from "../../src/features/evidence/live/contract.ts";
import type { listRecords } from "../../src/features/heartbeat/live/records/contract.ts";
import { openGround } from "../../src/features/sync/verbs/open-ground.ts";
import { syncCheckout } from "../../src/features/sync/verbs/sync-checkout.ts";
import type { Tally } from "../../src/features/sync/verbs/tally.ts";
import { openClient } from "../../src/platform/client/index.ts";
import { type ControlPlane, startControlPlane } from "../harness/control-plane.ts";
import { temporaryRepository } from "../harness/temporary-repository.ts";

const DAY = "artifacts/ada/2026-01-05";
const TOOLS = `${DAY}/mcp/tools.jsonl`;

const evidence = (id: string, more: object = {}) =>
  JSON.stringify({
    tool: "context7",
    doc_ref: "https://docs.example.com/a",
    request_id: id,
    timestamp: "2026-01-05T09:00:00Z",
    purpose: "to know",
    task: "ENG-1",
    ...more,
  });
const beat = (minute: number) =>
  JSON.stringify({
    timestamp: `2026-01-05T09:${minute}:00Z`,
    task: "ENG-1",
    status: "doing",
    progress: "4%",
  });
const lines = (...texts: string[]) => texts.map((text) => `${text}\n`).join("");

describe("the records of a checkout", () => {
  let plane: ControlPlane;
  let manager: string;
  beforeAll(async () => {
    plane = await startControlPlane();
    manager = await plane.token("manager");
  });
  afterAll(() => plane.close());

  function checkout(files: Record<string, string>) {
    const repository = temporaryRepository({ "README.md": "# A\n" });
    const write = (path: string, text: string) => {
      mkdirSync(dirname(join(repository.folder, path)), { recursive: true });
      writeFileSync(join(repository.folder, path), text);
    };
    for (const [path, text] of Object.entries(files)) write(path, text);
    return {
      ...repository,
      path: (path: string) => join(repository.folder, path),
      write,
      append: (path: string, text: string) => appendFileSync(join(repository.folder, path), text),
    };
  }
  type Checkout = ReturnType<typeof checkout>;

  async function sync(
    at: Checkout,
    name: string,
    token = manager,
    agent: string | null = null,
  ): Promise<Tally> {
    const env = { GROWTH_ENGINE_URL: plane.url, GROWTH_ENGINE_TOKEN: token };
    const ground = await openGround(at.folder, name);
    return syncCheckout({
      client: openClient({ env }),
      ground,
      agent,
      now: () => Date.now(),
      step: () => undefined,
    });
  }
  const kept = async (repository: string, query: object = {}) =>
    (await plane.admin<typeof listKept>("GET /api/v1/evidence", { query: { repository, ...query } as never }))
      .body.items;

  it("come once, and only what is new comes again", async () => {
    const at = checkout({
      [TOOLS]: lines(evidence("1"), evidence("2")),
      [`${DAY}/heartbeat.ndjson`]: lines(beat(10), beat(20)),
    });
    expect(await sync(at, "once")).toMatchObject({ received: 4, files: 2, files_read: 2, broken: [] });
    expect(await sync(at, "once")).toMatchObject({ received: 0, known: 0, files: 2, files_read: 0 });
    at.append(TOOLS, lines(evidence("3")));
    expect(await sync(at, "once")).toMatchObject({ received: 1, known: 0, files_read: 1, rewrites: [] });
    const items = await kept("once");
    expect(items.map(({ request_id }) => request_id).sort()).toEqual(["1", "2", "3"]);
    expect(items[0]).toMatchObject({
      agent: "ada",
      day: "2026-01-05",
      file: TOOLS,
      task: "ENG-1",
      gone_at: null,
    });
    const { body } = await plane.admin<typeof listRecords>("GET /api/v1/heartbeat/record");
    expect(body.items.map(({ at: time }) => time)).toEqual([
      "2026-01-05T09:20:00.000Z",
      "2026-01-05T09:10:00.000Z",
    ]);
    const { body: live } = await plane.admin("GET /api/v1/heartbeat" as never);
    expect(live).toMatchObject({ items: [] });
  });
});
