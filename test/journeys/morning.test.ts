import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MCP_SERVERS } from "../harness/mcp-servers.ts";
import { smallForge } from "../harness/small-forge.ts";
import { adminTokenIn, dataPlace, type SpawnedServe, spawnServe } from "../harness/spawned-serve.ts";
import { type Answer, temporaryFolder, temporaryRepository } from "../harness/temporary-repository.ts";

const TOKEN = /GROWTH_ENGINE_TOKEN=(ge_\S+)/;
const AT = "/repos/acme/shop";

/** GitHub as it answers for a protected, green branch; or for one that nothing protects. */
const forgeOf = (isProtected: boolean) =>
  smallForge({
    [AT]: { body: { default_branch: "main" } },
    [`${AT}/branches/main`]: {
      body: isProtected
        ? {
            name: "main",
            protection: {
              required_status_checks: { enforcement_level: "everyone", contexts: ["growth-engine"] },
            },
          }
        : { name: "main", protected: false },
    },
    [`${AT}/rules/branches/main`]: { body: [] },
    [`${AT}/commits/heads%2Fmain/check-runs`]: {
      body: { total_count: 1, check_runs: [{ name: "test", status: "completed", conclusion: "success" }] },
    },
    [`${AT}/commits/heads%2Fmain/status`]: { body: { state: "success", statuses: [] } },
  });

describe("a morning", () => {
  const place = dataPlace();
  const home = temporaryFolder();
  let serve: SpawnedServe;
  const tokens: Record<string, string> = {};
  const shop = temporaryRepository({
    ...MCP_SERVERS,
    "src/a.ts": "export {};\n",
    ".mcp.json": JSON.stringify({
      mcpServers: { files: { command: process.execPath, args: ["speaks.cjs"] } },
    }),
  });
  const as = (token: string, words: string[], more: Record<string, string> = {}): Promise<Answer> =>
    shop.runCli(words, {
      env: { GROWTH_ENGINE_URL: serve.url, GROWTH_ENGINE_TOKEN: token, XDG_CONFIG_HOME: home, ...more },
    });
  const admin = (...words: string[]) => as(adminTokenIn(place.folder), words);
  const morning = async (words: string[], isProtected = true) => {
    const { url } = await forgeOf(isProtected);
    const forge = { GITHUB_API_URL: url, GITHUB_REPOSITORY: "acme/shop", GITHUB_TOKEN: "t" };
    return as(adminTokenIn(place.folder), ["day", "start", "--timeout", "2s", ...words], forge);
  };

  beforeAll(async () => {
    serve = await spawnServe(["--data-dir", place.folder, "--port", "0"]);
    await shop.runCli(["init", "--yes", "--forge", "github"]);
    for (const name of ["ada", "bob"])
      tokens[name] = TOKEN.exec((await admin("agent", "add", name)).out)?.[1] ?? "";
    for (const [task, agent] of [
      ["ENG-1", "ada"],
      ["ENG-2", "bob"],
    ] as const) {
      await admin("task", "add", task, `work of ${agent}`);
      await as(tokens[agent] ?? "", ["task", "claim", task]);
    }
    const { err, out } = await admin("health", "--only", "mcp");
    await admin("health", "--approve", /--approve (\S+)/.exec(out + err)?.[1] ?? "");
    const line = ["--tool", "context7", "--doc-ref", "https://example.com/cart", "--purpose", "to know"];
    await shop.runCli(["evidence", "add", "--agent", "ada", ...line]);
  }, 90_000);
  afterAll(async () => {
    await serve.stop();
    place.remove();
  });

  it("before anything arrived calls neither evidence nor guards active", async () => {
    const { out, code } = await morning(["--dry-run"]);
    expect(code).toBe(3);
    expect(out).toContain("[ ] MCP Evidence tracking active");
    expect(out).toContain("[ ] CI Guards functioning");
  });

  it("that is good ticks all seven boxes, each with what was seen, and is kept", async () => {
    const synced = await admin("sync", "--name", "acme/shop");
    expect(synced.code, synced.out + synced.err).toBe(0);
    const published = await admin("guard", "publish", "--repository", "acme/shop", "--base", "HEAD");
    expect(published.code, published.out + published.err).toBe(0);
    const { out, code, err } = await morning([]);
    expect(code, out + err).toBe(0);
    expect(out.match(/^\[x\] /gm)).toHaveLength(7);
    expect(out).toMatch(/\[x\] All agents have active tasks\n +2 agents hold a task each/);
    expect(out).toMatch(/\[x\] CI Guards functioning\n +guards: main requires the guards/);
    expect(out).toContain("since a day ago: no start is kept yet");
    expect(out).toContain("start 1 is kept; 0 asked for an update");
    const shown = await admin("day", "show");
    expect(shown).toMatchObject({
      code: 0,
      out: expect.stringContaining("[x] Dev MCP Ban enforcement active"),
    });
  });

  it("that is bad leaves open what is not well, names it, and keeps nothing in a dry run", async () => {
    await admin("agent", "add", "cyd");
    await admin("task", "add", "ENG-3", "waits", "--depends-on", "ENG-1");
    await admin("task", "update", "ENG-1", "--priority", "P0");
    await as(tokens.ada ?? "", [
      "task",
      "block",
      "ENG-1",
      "--type",
      "decision",
      "--reason",
      "which \u001b[31mcolour?",
    ]);
    shop.write(
      ".mcp.json",
      JSON.stringify({ mcpServers: { stuck: { command: process.execPath, args: ["hangs.cjs", "pids"] } } }),
    );
    const { out: asked } = await admin("health", "--only", "mcp");
    await admin("health", "--approve", /--approve (\S+)/.exec(asked)?.[1] ?? "");
    shop.write("src/a.ts", 'import "context7-mcp";\n');
    const { out, code } = await morning(["--dry-run"], false);
    expect(code).toBe(1);
    expect(out).not.toContain("\u001b[31m");
    expect(out).toMatch(/^✖ mcp stuck +no answer within 2 s; it was ended$/m);
    expect(out).toMatch(/^idle +1 of 3 agents hold no task: cyd$/m);
    expect(out).toMatch(/^blocked +ENG-1 P0 of ada for .*decision: which .*colour\?; holds up 1$/m);
    expect(out).toMatch(/^waits +ENG-3 for ENG-1$/m);
    for (const box of [
      "System health check completed",
      "All agents have active tasks",
      "No critical blockers identified",
      "Dev MCP Ban enforcement active",
      "CI Guards functioning",
    ])
      expect(out).toContain(`[ ] ${box}`);
    expect(out).toContain("[x] Heartbeat monitoring operational");
    expect(out).toContain("dry run: nothing was kept");
    expect(JSON.parse((await admin("day", "show", "--json")).out)).toMatchObject({ start: 1 });
  });

  it("can be pasted, and read by a program; the text of the fleet stays text", async () => {
    const pasted = (await morning(["--dry-run", "--markdown"], false)).out;
    expect(pasted).toContain("- [ ] No critical blockers identified: 1 blocked: ENG-1 (holds up 1)");
    expect(pasted).toContain("### To look at");
    const read = JSON.parse((await morning(["--dry-run", "--json"], false)).out);
    expect(read).toMatchObject({ start: null, coordination: { survey: { blockers: { count: 1 } } } });
    expect(read.checklist).toHaveLength(7);
  });

  it("without a control plane ticks nothing that only it could tell, and is no pass", async () => {
    const { out, code } = await as("", ["day", "start", "--timeout", "1s"], {
      GROWTH_ENGINE_URL: "http://127.0.0.1:9",
    });
    expect(code).toBe(1);
    expect(out).toMatch(/\[ \] All agents have active tasks\n +the control plane was not asked/);
    expect(out).toMatch(/\[ \] Heartbeat monitoring operational\n +not looked at: heartbeat/);
  });

  it("lets an agent hear that something waits where it looks for work, and answer", async () => {
    await admin("message", "send", "bob", "which branch?", "--task", "ENG-2");
    const bob = (...words: string[]) => as(tokens.bob ?? "", words);
    expect((await bob("task", "list")).err).toBe("1 message waits for you: growth-engine message inbox\n");
    expect((await bob("message", "inbox")).out).toMatch(
      /question about ENG-2, from admin:[\s\S]*│ which branch\?\n[\s\S]*message answer 1 "…"/,
    );
    expect((await bob("message", "answer", "1", "main")).out).toContain("message 1 is answered");
    expect(await bob("message", "answer", "1", "again")).toMatchObject({
      code: 1,
      err: expect.stringContaining("MESSAGE_CLOSED"),
    });
    expect((await bob("task", "list")).err).toBe("");
    expect((await admin("message", "list")).out).toContain("which branch? → main");
  });
});
