import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MCP_SERVERS } from "../harness/mcp-servers.ts";
import { smallForge } from "../harness/small-forge.ts";
import { adminTokenIn, dataPlace, type SpawnedServe, spawnServe } from "../harness/spawned-serve.ts";
import { temporaryFolder, temporaryRepository } from "../harness/temporary-repository.ts";

interface Check {
  name: string;
  state: string;
  says: string;
  hint: string | null;
}

describe("growth-engine health", () => {
  const place = dataPlace();
  const home = temporaryFolder();
  let serve: SpawnedServe;
  const servers = Object.fromEntries(
    Object.keys(MCP_SERVERS).map((file) => [
      file.replace(".cjs", ""),
      { command: process.execPath, args: [file, `told-${file}`] },
    ]),
  );
  const shop = temporaryRepository({
    ...MCP_SERVERS,
    "src/a.ts": "export {};\n",
    ".mcp.json": JSON.stringify({ mcpServers: servers }),
  });

  const env = (more: Record<string, string> = {}) => ({
    GROWTH_ENGINE_URL: serve.url,
    GROWTH_ENGINE_TOKEN: adminTokenIn(place.folder),
    XDG_CONFIG_HOME: home,
    ...more,
  });
  const health = (words: string[], more: Record<string, string> = {}) =>
    shop.runCli(["health", ...words], { env: env(more) });
  const checks = async (words: string[], more: Record<string, string> = {}) => {
    const { out, code } = await health([...words, "--json"], more);
    const list = JSON.parse(out) as Check[];
    return { code, of: (name: string) => list.find((check) => check.name === name), list };
  };
  const isRunning = (pid: number) => {
    try {
      process.kill(pid, 0);
      // A process that ended and was not yet waited for counts as ended.
      return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
    } catch {
      return false;
    }
  };

  beforeAll(async () => {
    serve = await spawnServe(["--data-dir", place.folder, "--port", "0"]);
    await shop.runCli(["init", "--yes", "--forge", "github"]);
  }, 90_000);
  afterAll(async () => {
    await serve.stop();
    place.remove();
  });

  it("tells of the control plane from its own database to the clock of the caller", async () => {
    const { list, code } = await checks([
      "--only",
      "server",
      "database",
      "embedded",
      "disk",
      "clock",
      "jobs",
    ]);
    const states = list.map(({ name, state }) => `${name} ${state}`);
    expect(states).toEqual([
      "server ok",
      "database ok",
      "embedded ok",
      "disk ok",
      "clock ok",
      "jobs ok",
      "clock here ok",
    ]);
    expect(code).toBe(0);
    const page = await health(["--only", "database"]);
    expect(page.out).toMatch(/^✔ database {2}PostgreSQL 18\S* answers in \d/);
  });

  it("asks no MCP server that this user has not approved, and starts none", async () => {
    const { list, code } = await checks(["--only", "mcp"]);
    expect(code).toBe(3);
    expect(new Set(list.map(({ state }) => state))).toEqual(new Set(["unknown"]));
    expect(list[0]?.hint).toMatch(/^read it, then: growth-engine health --approve [0-9a-f]{16}$/);
    expect(existsSync(join(shop.folder, "told-hangs.cjs"))).toBe(false);
    expect((await health(["--approve", "0123456789abcdef"])).code).toBe(2);
  });

  it("really talks to those that are approved, and ends whatever they started", async () => {
    const { list: unasked } = await checks(["--only", "mcp"]);
    for (const { hint } of unasked) {
      const [, hash = ""] = /--approve (\S+)/.exec(hint ?? "") ?? [];
      expect((await health(["--approve", hash])).out).toContain("approved: ");
    }
    const { of, code } = await checks(["--only", "mcp", "--timeout", "2s"]);
    expect(code).toBe(1);
    expect(of("mcp speaks")).toMatchObject({
      state: "ok",
      says: expect.stringContaining("2 tools of speaks 1.0.0"),
    });
    expect(of("mcp prints-first")).toMatchObject({
      state: "warn",
      says: expect.stringContaining("“Server started on stdio”"),
    });
    expect(of("mcp prints-instead")?.says).toContain("no answer within 2 s; it printed “listening” instead");
    expect(of("mcp hangs")).toMatchObject({ state: "fail", says: "no answer within 2 s; it was ended" });
    expect(of("mcp floods")?.says).toMatch(/^it sent over \d\S* MiB and was ended/);
    expect(of("mcp ends")?.says).toBe("it ended by itself (exit 3): TypeError: no API key");
    const pids = readFileSync(join(shop.folder, "told-hangs.cjs"), "utf8").split(" ").map(Number);
    expect(pids).toHaveLength(2);
    await expect.poll(() => pids.filter(isRunning), { timeout: 5_000 }).toEqual([]);
    expect(readFileSync(join(shop.folder, "told-tells-token.cjs"), "utf8")).not.toContain(
      adminTokenIn(place.folder),
    );
  });

  it("asks again when the script behind an approved server changes", async () => {
    shop.write("speaks.cjs", `${MCP_SERVERS["speaks.cjs"]}\n// and more`);
    expect((await checks(["--only", "mcp speaks"])).of("mcp speaks")).toMatchObject({ state: "unknown" });
  });

  it("sees the ban enforced, switched off, and broken", async () => {
    expect((await checks(["--only", "ban"])).of("ban")).toMatchObject({
      state: "ok",
      says: "a workflow enforces it; production is free of it",
    });
    const config = readFileSync(join(shop.folder, "growth-engine.json"), "utf8");
    shop.write("growth-engine.json", '{ "rules": { "ban/import": "off" } }');
    expect((await checks(["--only", "ban"])).of("ban")).toMatchObject({ state: "fail" });
    shop.write("growth-engine.json", config);
    shop.write("src/a.ts", 'import "context7-mcp";\n');
    const broken = await checks(["--only", "ban"]);
    expect(broken.of("ban")?.says).toContain("production holds what is banned");
    expect(broken.code).toBe(1);
    shop.write("src/a.ts", "export {};\n");
  });

  it("asks the forge, and does not pass what it may not see", async () => {
    const at = "/repos/acme/shop";
    const forge = await smallForge({
      [at]: { body: { default_branch: "main" } },
      [`${at}/branches/main`]: { body: { name: "main", protected: false } },
      [`${at}/rules/branches/main`]: { body: [] },
      [`${at}/commits/heads%2Fmain/check-runs`]: {
        body: { total_count: 1, check_runs: [{ name: "test", status: "completed", conclusion: "failure" }] },
      },
      [`${at}/commits/heads%2Fmain/status`]: { body: { state: "pending", statuses: [] } },
    });
    const there = { GITHUB_API_URL: forge.url, GITHUB_REPOSITORY: "acme/shop" };
    const asked = await checks(["--only", "guards", "ci"], { ...there, GITHUB_TOKEN: "t" });
    expect(asked.of("guards")).toMatchObject({
      state: "fail",
      says: "nothing keeps unjudged work out of main: no check is required",
      hint: expect.stringContaining("require the check growth-engine on main"),
    });
    expect(asked.of("ci")?.says).toBe("main is red: test");
    const untold = await checks(["--only", "guards", "ci"], there);
    expect(untold.list.map(({ state }) => state)).toEqual(["unknown", "unknown"]);
    expect(untold.code).toBe(3);
  });

  it("says that no control plane is there, and refuses a name that no check has", async () => {
    const gone = await checks(["--only", "server"], { GROWTH_ENGINE_URL: "http://127.0.0.1:9" });
    expect(gone).toMatchObject({ code: 1 });
    expect(await health(["--only", "databse"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("database"),
    });
    expect((await health(["--only", "mcp", "--timeout", "soon"])).code).toBe(2);
  });
});
