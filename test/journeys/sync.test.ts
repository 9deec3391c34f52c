import { spawn } from "node:child_process";
import { once } from "node:events";
import { basename } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cliFile } from "../harness/cli-file.ts";
import { adminTokenIn, dataPlace, type SpawnedServe, spawnServe } from "../harness/spawned-serve.ts";
import { temporaryRepository } from "../harness/temporary-repository.ts";

const LINES = 60_000;
const FILES = 12;

const line = (id: string) =>
  `${JSON.stringify({ tool: "context7", doc_ref: "https://docs.example.com/a", request_id: id, timestamp: "2026-01-05T09:00:00Z", purpose: "to know", agent: "ada" })}\n`;

describe("growth-engine sync", () => {
  const place = dataPlace();
  const watched = temporaryRepository({ "README.md": "# A\n" });
  let serve: SpawnedServe;
  let env: Record<string, string>;
  beforeAll(async () => {
    serve = await spawnServe(["--data-dir", place.folder, "--port", "0", "--repo", watched.folder]);
    env = { GROWTH_ENGINE_URL: serve.url, GROWTH_ENGINE_TOKEN: adminTokenIn(place.folder) };
  });
  afterAll(async () => {
    await serve.stop();
    place.remove();
  });

  it("loses and doubles nothing when it is killed again and again", async () => {
    const repository = temporaryRepository({ "README.md": "# A\n" });
    for (let file = 0; file < FILES; file += 1) {
      const lines = Array.from({ length: LINES / FILES }, (_, at) => line(`${file}-${at}`));
      repository.write(`artifacts/ada/2026-01-05/mcp/t${file}.jsonl`, lines.join(""));
    }
    for (const ms of [400, 700, 1_000]) {
      const child = spawn(process.execPath, [cliFile(), "sync", "--name", "killed"], {
        cwd: repository.folder,
        env: { ...process.env, ...env },
        stdio: "ignore",
      });
      await wait(ms);
      child.kill("SIGKILL");
      await once(child, "exit");
    }
    const { code, out, err } = await repository.runCli(["sync", "--name", "killed", "--json"], { env });
    expect(code, err).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      repository: "killed",
      known: 0,
      returned: 0,
      rewrites: [],
      broken: [],
    });
    const { out: status } = await repository.runCli(["sync", "status", "--json"], { env });
    const checkouts: Record<string, unknown>[] = JSON.parse(status);
    expect(checkouts.filter((row) => row.repository === "killed")).toMatchObject([
      { files: FILES, lines: LINES },
    ]);
    const { out: again } = await repository.runCli(["sync", "--name", "killed"], { env });
    expect(again).toMatch(/^✔ killed \(main\): nothing new \(12 files, 0 read, \d+ ms\)\n$/);
  });

  it("says what was broken and rewritten, and exits 0", async () => {
    const repository = temporaryRepository({
      "artifacts/ada/2026-01-05/mcp/a.jsonl": `${line("1")}{"tool":\n${line("2")}`,
    });
    const { code, out } = await repository.runCli(["sync", "--name", "said"], { env });
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/2 new lines .*\n.*\n {2}artifacts\/ada\/2026-01-05\/mcp\/a\.jsonl:2:9: /),
    ]);
    repository.write("artifacts/ada/2026-01-05/mcp/a.jsonl", line("2"));
    const { out: rewritten } = await repository.runCli(["sync", "--name", "said"], { env });
    expect(rewritten).toMatch(/rewritten from line 1, 3 lines before and 1 now; 2 lines given up/);
    const { out: kept } = await repository.runCli(
      ["evidence", "kept", "--repository", "said", "--gone", "only"],
      { env },
    );
    expect(kept).toMatch(/a\.jsonl:1 \(gone\)/);
  });

  it("is done by serve itself for a checkout that it is told of", async () => {
    watched.write("artifacts/ada/2026-01-05/mcp/a.jsonl", line("watched"));
    const query = ["evidence", "kept", "--json", "--repository", basename(watched.folder)];
    const isThere = async () => (await watched.runCli(query, { env })).out.includes('"watched"');
    for (let tries = 0; tries < 60 && !(await isThere()); tries += 1) await wait(200);
    expect(await isThere()).toBe(true);
    expect(serve.logged()).toMatch(/^sync .*: 1 new lines, 0 files rewritten$/m);
  });
});
