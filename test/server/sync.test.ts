import { appendFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { listKept } from "../../src/features/evidence/live/contract.ts";
import type { listRecords } from "../../src/features/heartbeat/live/records/contract.ts";
import type * as contract from "../../src/features/sync/contract.ts";
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
      judge: async () => null,
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

  it("that were rewritten are noticed, remembered, and never silently dropped", async () => {
    const at = checkout({ [TOOLS]: lines(evidence("a"), evidence("b"), evidence("c"), evidence("d")) });
    await sync(at, "rewritten");
    at.write(TOOLS, lines(evidence("a"), evidence("b", { tool: "another" }), evidence("c"), evidence("d")));
    const tally = await sync(at, "rewritten");
    expect(tally).toMatchObject({
      received: 1,
      returned: 2,
      rewrites: [{ file: TOOLS, what: "rewritten", from_line: 2, lines_before: 4, lines_after: 4, gone: 3 }],
    });
    const gone = await kept("rewritten", { gone: "only" });
    expect(gone).toMatchObject([{ request_id: "b", tool: "context7" }]);
    at.write(TOOLS, lines(evidence("a")));
    expect((await sync(at, "rewritten")).rewrites).toMatchObject([
      { what: "shortened", from_line: 2, gone: 3 },
    ]);
    rmSync(at.path(TOOLS));
    expect((await sync(at, "rewritten")).rewrites).toMatchObject([
      { what: "deleted", from_line: 1, gone: 1 },
    ]);
    expect(await kept("rewritten", { gone: "without" })).toEqual([]);
    expect(await kept("rewritten")).toHaveLength(5);
    const { body } = await plane.admin<typeof contract.listRewrites>("GET /api/v1/sync/rewrite", {
      query: { repository: "rewritten" },
    });
    expect(body.items.map(({ what }) => what)).toEqual(["deleted", "shortened", "rewritten"]);
  });

  it("are no others with other line ends, a mark at the beginning or a newline at the end", async () => {
    const at = checkout({ [TOOLS]: `${evidence("a")}\n${evidence("b")}` });
    expect(await sync(at, "bytes")).toMatchObject({ received: 2 });
    at.append(TOOLS, `\n${evidence("c")}`);
    expect(await sync(at, "bytes")).toMatchObject({ received: 1, rewrites: [] });
    at.write(TOOLS, `\ufeff${[evidence("a"), evidence("b"), evidence("c")].join("\r\n")}\r\n`);
    expect(await sync(at, "bytes")).toMatchObject({ received: 0, rewrites: [], switched_files: 0 });
    at.append(TOOLS, `${evidence("d").slice(0, 20)}`);
    expect(await sync(at, "bytes"), "is still written").toMatchObject({ received: 0, broken: [] });
    at.append(TOOLS, `${evidence("d").slice(20)}\n`);
    expect(await sync(at, "bytes")).toMatchObject({ received: 1, broken: [], rewrites: [] });
    expect(await kept("bytes")).toHaveLength(4);
  });

  it("that two checkouts share are kept once, and are gone when neither holds them", async () => {
    const shared = lines(evidence("1"), evidence("1"), evidence("2"));
    const [one, two] = [checkout({ [TOOLS]: shared }), checkout({ [TOOLS]: shared })];
    const [first, second] = await Promise.all([sync(one, "shared"), sync(two, "shared")]);
    expect(first.received + second.received).toBe(3);
    one.write(TOOLS, lines(evidence("2")));
    expect((await sync(one, "shared")).rewrites).toMatchObject([{ gone: 0 }]);
    two.write(TOOLS, lines(evidence("1")));
    expect((await sync(two, "shared")).rewrites).toMatchObject([{ gone: 1 }]);
    const items = await kept("shared");
    expect(items.map(({ request_id, gone_at }) => [request_id, gone_at !== null]).sort()).toEqual([
      ["1", false],
      ["1", true],
      ["2", false],
    ]);
  });

  it("of one checkout may be brought by several at once", async () => {
    const at = checkout(
      Object.fromEntries(
        Array.from({ length: 30 }, (_, file) => [
          `${DAY}/mcp/t${file}.jsonl`,
          lines(...Array.from({ length: 20 }, (_, line) => evidence(`${file}-${line}`))),
        ]),
      ),
    );
    const tallies = await Promise.all([sync(at, "at-once"), sync(at, "at-once"), sync(at, "at-once")]);
    expect(tallies.reduce((sum, { received }) => sum + received, 0)).toBe(600);
    expect(
      await plane.query("select count(*)::int as lines from evidence_lines where repository = 'at-once'"),
    ).toEqual([{ lines: 600 }]);
    expect(
      await plane.query(
        "select sum(length(sums)) / 32 as lines from sync_spans as s join sync_files as f using (fleet_id, checkout, place) where repository = 'at-once'",
      ),
    ).toMatchObject([{ lines: 600 }]);
  });

  it("are followed to another branch without a word of rewriting", async () => {
    const at = checkout({ [TOOLS]: lines(evidence("1")) });
    at.git("checkout", "-q", "-b", "feature");
    at.append(TOOLS, lines(evidence("2")));
    await sync(at, "branches");
    at.git("checkout", "-q", "-b", "other");
    at.write(TOOLS, lines(evidence("1"), evidence("3")));
    expect(await sync(at, "branches")).toMatchObject({ received: 1, rewrites: [], switched_files: 1 });
    expect(await kept("branches", { gone: "without" })).toHaveLength(3);
  });

  it("that are broken are named with line and column, and sink no other", async () => {
    const at = checkout({
      [TOOLS]: `${evidence("1")}\n\n{"tool": \n${evidence("2")}${evidence("3")}\n"text"\n{"tool":"x"}\n${evidence("4", { timestamp: "2026-13-01" })}\n${evidence("5")}\n`,
      [`${DAY}/heartbeat.ndjson`]: lines(
        beat(10),
        '{"task":"ENG-1","status":"donig","timestamp":"2026-01-05T09:00:00Z"}',
      ),
    });
    writeFileSync(at.path(`${DAY}/mcp/odd.jsonl`), Buffer.from([0xff, 0xfe, 0x0a, 0x22, 0x0a]));
    at.append(
      `${DAY}/mcp/odd.jsonl`,
      `{"x":"${"y".repeat(1 << 20)}"}\n\u0001${evidence("odd")}\n${evidence("6")}\n`,
    );
    const tally = await sync(at, "broken");
    expect(tally.received).toBe(4);
    const places = tally.broken.map(
      ({ file, line, column, rule }) => `${basename(file)}:${line}:${column} ${rule}`,
    );
    expect(places.sort()).toEqual([
      "heartbeat.ndjson:2:1 heartbeat/bad-status",
      "odd.jsonl:1:1 evidence/invalid-json",
      "odd.jsonl:2:1 evidence/invalid-json",
      "odd.jsonl:3:1 evidence/line-too-long",
      "odd.jsonl:4:1 evidence/invalid-json",
      "tools.jsonl:3:10 evidence/invalid-json",
      `tools.jsonl:4:${evidence("2").length + 1} evidence/invalid-json`,
      "tools.jsonl:5:1 evidence/not-an-object",
      "tools.jsonl:6:1 evidence/missing-field",
      "tools.jsonl:7:1 evidence/bad-timestamp",
    ]);
    const { body } = await plane.admin<typeof contract.listBroken>("GET /api/v1/sync/broken", {
      query: { repository: "broken" },
    });
    expect(body.items).toHaveLength(10);
    at.append(`${DAY}/mcp/odd.jsonl`, lines(evidence("7")));
    expect(await sync(at, "broken")).toMatchObject({ received: 1, rewrites: [], broken: [] });
  });

  it("lose their secrets before they are kept", async () => {
    const secret = `ghp_${"abcdefghijklmnopqrstuvwxyz0123456789"}`;
    const at = checkout({
      [TOOLS]: lines(
        evidence("1", { purpose: `with ${secret}` }),
        evidence("2", { doc_ref: "https://user:pass@docs.example.com/?token=abc" }),
        evidence("3"),
      ),
    });
    expect(await sync(at, "secrets")).toMatchObject({ received: 3, redacted: 2 });
    const rows = await plane.query("select line, doc_ref from evidence_lines where repository = 'secrets'");
    expect(JSON.stringify(rows)).not.toMatch(/ghp_|user:pass|token=abc/);
    expect(await sync(at, "secrets")).toMatchObject({ received: 0, rewrites: [] });
  });

  it("are an agent's own with an agent's token, in a repository that a manager made known", async () => {
    const token = await plane.token("agent", { agent: "ada" });
    const at = checkout({
      [TOOLS]: lines(evidence("1")),
      "artifacts/bob/2026-01-05/mcp/tools.jsonl": lines(evidence("2")),
    });
    await expect(sync(at, "own", token, "ada")).rejects.toMatchObject({ code: "REPOSITORY_UNKNOWN" });
    await plane.admin("POST /api/v1/fleet/repository" as never, { body: { name: "own" } } as never);
    expect(await sync(at, "own", token, "ada")).toMatchObject({ received: 1, skipped_files: 1 });
    expect(await kept("own")).toMatchObject([{ agent: "ada", brought_by: "agent:ada" }]);
    await expect(sync(at, "own", token, null)).rejects.toMatchObject({ code: "TOKEN_ROLE" });
    expect(await sync(at, "own")).toMatchObject({ received: 1, rewrites: [] });
    const viewer = await plane.token("viewer");
    await expect(sync(at, "own", viewer)).rejects.toMatchObject({ code: "TOKEN_ROLE" });
  });

  it("are the same in an archive", async () => {
    const file = "artifacts/ada/2025-10-05/mcp/tools.jsonl";
    const at = checkout({ [file]: lines(evidence("1"), evidence("2")) });
    at.git("add", "-A");
    at.git("commit", "-q", "-m", "records");
    await sync(at, "archive");
    const { code, err } = await at.runCli(["evidence", "archive", "--older-than", "1d"]);
    expect(code, err).toBe(0);
    expect(existsSync(at.path(file))).toBe(false);
    expect(await sync(at, "archive")).toMatchObject({ received: 0, known: 0, rewrites: [], archives: [] });
    expect(await sync(at, "archive")).toMatchObject({ files_read: 0, rewrites: [] });
    expect(await kept("archive", { gone: "without" })).toHaveLength(2);
  });

  it("are what a simple model says, whatever checkouts do", async () => {
    const sums = (list: readonly string[]) => {
      const counts = new Map<string, number>();
      return list.map((id) => {
        counts.set(id, (counts.get(id) ?? 0) + 1);
        return `${id}#${counts.get(id)}`;
      });
    };
    const step = fc.record({
      who: fc.nat(1),
      file: fc.nat(1),
      what: fc.constantFrom("append", "append", "append", "rewrite", "truncate", "delete", "sync", "sync"),
      ids: fc.array(fc.constantFrom("a", "b", "c", "d"), { minLength: 1, maxLength: 4 }),
      at: fc.nat(5),
    });
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        runs += 1;
        const name = `model-${runs}`;
        const checkouts = [checkout({}), checkout({})];
        const paths = [`${DAY}/mcp/a.jsonl`, `${DAY}/mcp/b.jsonl`];
        const disk = [new Map<string, string[]>(), new Map<string, string[]>()];
        const brought = [new Map<string, string[]>(), new Map<string, string[]>()];
        const ever = new Set<string>();
        const put = (who: number, path: string, ids: string[] | null) => {
          const at = checkouts[who] as Checkout;
          if (ids === null) {
            rmSync(at.path(path), { force: true });
            disk[who]?.delete(path);
          } else {
            at.write(path, lines(...ids.map((id) => evidence(id))));
            disk[who]?.set(path, ids);
          }
        };
        for (const { who, file, what, ids, at } of [
          ...steps,
          { who: 0, what: "sync" },
          { who: 1, what: "sync" },
        ] as (typeof steps)[number][]) {
          const path = paths[file] ?? "";
          const now = disk[who]?.get(path) ?? [];
          if (what === "append") put(who, path, [...now, ...ids]);
          else if (what === "rewrite") put(who, path, [...now.slice(0, at), ...ids, ...now.slice(at + 1)]);
          else if (what === "truncate") put(who, path, now.slice(0, at));
          else if (what === "delete") put(who, path, null);
          else {
            await sync(checkouts[who] as Checkout, name);
            brought[who] = new Map(disk[who]);
            for (const [one, held] of disk[who] ?? [])
              for (const line of sums(held)) ever.add(`${one} ${line}`);
          }
        }
        const held = new Set(
          brought.flatMap((files) =>
            [...files].flatMap(([path, ids]) => sums(ids).map((line) => `${path} ${line}`)),
          ),
        );
        const rows = await plane.query(
          "select file, request_id, occurrence, gone_at is null as here from evidence_lines where repository = $1",
          [name],
        );
        const found = rows.map((row) => [`${row.file} ${row.request_id}#${row.occurrence}`, row.here]);
        expect(Object.fromEntries(found)).toEqual(
          Object.fromEntries([...ever].map((line) => [line, held.has(line)])),
        );
      }),
      { numRuns: 15 },
    );
  });
});
