import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import {
  adminTokenIn,
  databasePid,
  dataPlace,
  type SpawnedServe,
  spawnServe,
} from "../harness/spawned-serve.ts";

const ROUNDS = 3;
const WRITERS = 8;

interface Write {
  label: string;
  key: string;
  acknowledged: boolean;
}

describe("kill -9 under load", () => {
  const place = dataPlace();
  let serve: SpawnedServe | null = null;
  afterAll(async () => {
    await serve?.stop();
    place.remove();
  });

  const start = () => spawnServe(["--data-dir", place.folder, "--port", "0", "--log-level", "error"]);

  /** One write; a lost answer is asked for again with the same key, as the command line does. */
  const write = async (one: Write): Promise<void> => {
    const response = await fetch(`${serve?.url}/api/v1/token`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${adminTokenIn(place.folder)}`,
        "content-type": "application/json",
        "idempotency-key": one.key,
      },
      body: JSON.stringify({ role: "viewer", label: one.label }),
      signal: AbortSignal.timeout(10_000),
    });
    // 409: it was done before, and its secret is not shown again.
    if (response.status === 201 || response.status === 409) one.acknowledged = true;
    await response.text();
  };

  /** Writers go on until `until` is over; what failed is kept to be asked again. */
  const load = async (until: Promise<unknown>): Promise<Write[]> => {
    const writes: Write[] = [];
    let over = false;
    const ended = until.then(() => {
      over = true;
    });
    const writer = async () => {
      while (!over) {
        const one = { label: randomUUID(), key: randomUUID(), acknowledged: false };
        writes.push(one);
        await write(one).catch(() => new Promise((resolve) => setTimeout(resolve, 100)));
      }
    };
    await Promise.all([ended, ...Array.from({ length: WRITERS }, writer)]);
    return writes;
  };

  const labels = async (): Promise<string[]> => {
    const found: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const query: string = cursor === "" ? "" : `&cursor=${cursor}`;
      const response: Response = await fetch(`${serve?.url}/api/v1/token?limit=500${query}`, {
        headers: { authorization: `Bearer ${adminTokenIn(place.folder)}` },
      });
      const page = (await response.json()) as { items: { label: string }[]; next: string | null };
      found.push(...page.items.map(({ label }) => label));
      cursor = page.next;
    }
    return found;
  };

  const soon = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  const check = async (writes: Write[]): Promise<void> => {
    const before = new Set(await labels());
    const lost = writes.filter(({ acknowledged, label }) => acknowledged && !before.has(label));
    expect(lost, "acknowledged and lost").toEqual([]);
    await Promise.all(writes.filter(({ acknowledged }) => !acknowledged).map(write));
    expect(writes.filter(({ acknowledged }) => !acknowledged)).toEqual([]);
    const after = await labels();
    const there = new Set(after);
    expect(writes.filter(({ label }) => !there.has(label))).toEqual([]);
    expect(after.length, "applied twice").toBe(there.size);
  };

  it("of serve loses no acknowledged write and does none twice", async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      serve = await start();
      const dying = serve;
      const writes = await load(soon(600 + 250 * round).then(() => dying.kill()));
      serve = await start();
      expect(writes.filter(({ acknowledged }) => acknowledged).length).toBeGreaterThan(0);
      await check(writes);
      await serve.stop();
    }
  }, 120_000);

  it("of the database loses nothing either, and serve starts it again by itself", async () => {
    serve = await start();
    for (let round = 0; round < ROUNDS; round += 1) {
      const back = async () => {
        await soon(300 + 250 * round);
        process.kill(databasePid(place.folder), "SIGKILL");
        await soon(1_000);
      };
      const writes = await load(back());
      await expect
        .poll(async () => (await fetch(`${serve?.url}/readyz`)).status, { timeout: 30_000 })
        .toBe(200);
      await check(writes);
    }
    expect(await serve.stop()).toBe(0);
  }, 120_000);
});
