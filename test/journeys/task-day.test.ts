import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerOnTerminal, hasTerminal } from "../harness/answer-on-terminal.ts";
import { adminTokenIn, dataPlace, type SpawnedServe, spawnServe } from "../harness/spawned-serve.ts";
import { type Answer, temporaryFolder, temporaryRepository } from "../harness/temporary-repository.ts";

type Say = (...words: string[]) => Promise<Answer>;

const TOKEN = /GROWTH_ENGINE_TOKEN=(ge_\S+)/;
const SECRET = `ghp_${"1234567890abcdefghijABCDEFGHIJ123456"}`;

describe("a day of two agents in two terminals", () => {
  const place = dataPlace();
  const home = temporaryFolder();
  const tokens: Record<string, string> = {};
  let serve: SpawnedServe;
  let manager: Say;
  let ada: Say;
  let bob: Say;
  const shop = temporaryRepository({
    "src/login.ts": "export {};\n",
    "growth-engine.json": JSON.stringify({
      task: { setUp: [["node", "-e", "require('fs').writeFileSync('ready', '')"]] },
    }),
    ".gitignore": "ready\n",
    ".gitattributes": "artifacts/** merge=union\n",
  });

  /** A terminal in the one checkout, as whoever has this token. */
  const terminal =
    (token: string): Say =>
    (...words) =>
      shop.runCli(words, {
        env: {
          GROWTH_ENGINE_URL: serve.url,
          GROWTH_ENGINE_TOKEN: token,
          XDG_CONFIG_HOME: home,
        },
      });

  async function hire(name: string): Promise<Say> {
    const { out } = await manager("agent", "add", name);
    tokens[name] = TOKEN.exec(out)?.[1] ?? "";
    return terminal(tokens[name]);
  }

  beforeAll(async () => {
    serve = await spawnServe(["--data-dir", place.folder, "--port", "0"]);
    manager = terminal(adminTokenIn(place.folder));
    [ada, bob] = [await hire("ada"), await hire("bob")];
    shop.branch("work");
  }, 90_000);
  afterAll(async () => {
    await serve.stop();
    place.remove();
  });

  it("begins with a plan: tasks, an order, a policy", async () => {
    expect(
      (
        await manager(
          "task",
          "add",
          "LOGIN",
          "Let users sign in",
          "--priority",
          "P0",
          "--estimate",
          "3h",
          "--criterion",
          "login: users sign in",
        )
      ).out,
    ).toContain("LOGIN is made: P0, ready");
    expect((await manager("task", "add", "GUIDE", "Write the guide", "--depends-on", "LOGIN")).out).toContain(
      "waits for 1",
    );
    expect(await manager("task", "depend", "LOGIN", "--on", "GUIDE")).toMatchObject({
      code: 1,
      err: expect.stringContaining("LOGIN → GUIDE → LOGIN"),
    });
    expect((await manager("task", "policy", "--require", "criteria", "evidence", "notes")).out).toMatch(
      /^required +evidence/m,
    );
    expect(await ada("task", "policy", "--require-nothing")).toMatchObject({
      code: 1,
      err: expect.stringContaining("TOKEN_ROLE"),
    });
  });

  it("runs no command of the repository that this user has not approved, and claims nothing then", async () => {
    const refused = await ada("task", "start", "LOGIN");
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining("[COMMAND_UNAPPROVED]") });
    expect(JSON.parse((await ada("task", "show", "LOGIN", "--json")).out)).toMatchObject({
      state: "assigned",
      holder: null,
    });
    expect(existsSync(join(shop.folder, "ready"))).toBe(false);
  });

  it.runIf(hasTerminal)("asks on a terminal, and takes nothing but a yes for one", async () => {
    const env = { GROWTH_ENGINE_URL: serve.url, GROWTH_ENGINE_TOKEN: "", XDG_CONFIG_HOME: home };
    const ask = (keys: string, token: string) =>
      answerOnTerminal(shop.folder, "task start LOGIN", [["until the command changes?", keys]], {
        ...env,
        GROWTH_ENGINE_TOKEN: token,
      });
    for (const keys of ["\r", "\u001b"]) {
      const answer = await ask(keys, tokens.ada ?? "");
      expect(answer.code, answer.out).toBe(2);
      expect(answer.out).toContain("COMMAND_UNAPPROVED");
    }
    expect(existsSync(join(shop.folder, "ready"))).toBe(false);
  });

  it("runs what was approved by its sum", async () => {
    const refused = await ada("task", "start", "LOGIN");
    const [, hash = ""] = /--approve (\S+);/.exec(refused.err) ?? [];
    expect((await ada("task", "start", "--approve", hash)).out).toContain("approved: node -e");
    expect(existsSync(join(shop.folder, "ready"))).toBe(false);
  });

  it("lets ada start: claim, folder, first beat, checks, set-up", async () => {
    const started = await ada("task", "start", "LOGIN");
    expect(started.code, started.err).toBe(0);
    expect(started.out).toMatch(/claim +LOGIN is yours, fence \d+/);
    expect(started.out).toMatch(/knowledge +none yet/);
    expect(started.out).toMatch(/✔ tree +clean/);
    expect(existsSync(join(shop.folder, "ready"))).toBe(true);
    const [day = ""] = readdirSync(join(shop.folder, "artifacts/ada"));
    expect(existsSync(join(shop.folder, "artifacts/ada", day, "mcp"))).toBe(true);
    expect(readFileSync(join(shop.folder, "artifacts/ada", day, "heartbeat.ndjson"), "utf8")).toContain(
      '"task":"LOGIN","status":"doing"',
    );
    const again = await ada("task", "start", "LOGIN", "--json");
    expect(JSON.parse(again.out)).toMatchObject({ claim: "kept", knowledge: null, setUp: [{ done: true }] });
  });

  it("keeps the claim to this working tree: another one of the same repository holds none", async () => {
    const other = join(temporaryFolder(), "other");
    shop.git("worktree", "add", "--quiet", "--detach", other);
    const there = await shop.runCli(["task", "progress", "LOGIN", "--percent", "1"], {
      cwd: other,
      env: { GROWTH_ENGINE_URL: serve.url, GROWTH_ENGINE_TOKEN: tokens.ada },
    });
    expect(there).toMatchObject({ code: 1, err: expect.stringContaining("no claim of ada on LOGIN") });
  });

  it("refuses bob whatever ada holds, and nothing else happens", async () => {
    expect(await bob("task", "start", "LOGIN")).toMatchObject({
      code: 1,
      err: expect.stringContaining("LOGIN is held by ada"),
    });
    expect(existsSync(join(shop.folder, "artifacts/bob"))).toBe(false);
    expect(await bob("task", "claim", "GUIDE")).toMatchObject({
      code: 1,
      err: expect.stringContaining("waits for LOGIN"),
    });
    expect(await bob("task", "next")).toMatchObject({
      code: 1,
      out: expect.stringContaining("nothing is ready"),
    });
    expect(await bob("task", "progress", "LOGIN", "--percent", "9")).toMatchObject({
      code: 1,
      err: expect.stringContaining("no claim of bob"),
    });
    expect(await bob("task", "progress", "LOGIN", "--percent", "9", "--fence", "1")).toMatchObject({
      code: 1,
      err: expect.stringContaining("TASK_FENCE_STALE"),
    });
    expect(await bob("task", "hand-over", "LOGIN", "--to", "bob", "--context", "mine")).toMatchObject({
      code: 1,
    });
    expect(await bob("task", "complete", "LOGIN")).toMatchObject({ code: 1 });
    expect(await ada("task", "cancel", "LOGIN", "--reason", "x")).toMatchObject({
      code: 1,
      err: expect.stringContaining("TOKEN_ROLE"),
    });
  });

  it("lets ada work, be blocked, go on and hand over, without typing a fence", async () => {
    expect((await ada("task", "progress", "--percent", "40%", "--note", "the server is done")).out).toContain(
      "LOGIN: 40 % the server is done",
    );
    expect(
      (await ada("task", "block", "--type", "decision", "--reason", "which devices?", "--tried", "the issue"))
        .out,
    ).toContain("blocked (decision)");
    expect((await ada("task", "start", "LOGIN", "--no-set-up")).out).toContain("yours already");
    expect((await bob("task", "list")).out).toMatch(/^blocked: decision +LOGIN +P0 +ada +40 %/m);
    expect((await ada("task", "resume", "--reason", "all of them")).out).toContain("goes on with ada");
    expect(
      (
        await ada(
          "task",
          "hand-over",
          "--to",
          "bob",
          "--context",
          "The client is left.",
          "--file",
          "src/login.ts",
        )
      ).out,
    ).toContain("bob's to claim");
    expect(await ada("task", "progress", "LOGIN", "--percent", "50")).toMatchObject({ code: 1 });
    expect(await ada("task", "claim", "LOGIN")).toMatchObject({
      code: 1,
      err: expect.stringContaining("assigned to bob"),
    });
  });

  it("lets bob go on where ada stopped, in the same checkout", async () => {
    expect((await bob("task", "next")).out).toContain("│ The client is left.");
    expect((await bob("task", "start", "LOGIN", "--json")).code).toBe(0);
    expect(
      (
        await bob(
          "evidence",
          "add",
          "--agent",
          "bob",
          "--task",
          "LOGIN",
          "--tool",
          "context7",
          "--doc-ref",
          "https://example.com/passkeys",
          "--purpose",
          "how passkeys work",
        )
      ).code,
    ).toBe(0);
    shop.write("src/login.ts", "export const signIn = () => true;\n");
    shop.commit("Sign in");
  });

  it("completes only what the policy lets pass, and names what is missing", async () => {
    const early = await bob("task", "complete");
    expect(early.code).toBe(1);
    expect(early.out).toMatch(/✖ criteria .*login/);
    expect(early.out).toMatch(/✖ notes/);
    const words = ["--notes", "Server by ada, client by bob.", "--proof", "login=src/login.ts"];
    expect(await bob("task", "complete", "--dry-run", ...words)).toMatchObject({
      code: 0,
      out: expect.stringContaining("could be completed"),
    });
    const done = await bob("task", "complete", ...words);
    expect(done.code, done.err).toBe(0);
    expect(done.out).toContain("LOGIN is completed");
    expect(done.out).toContain("now ready: GUIDE");
    expect(done.out).toContain("## MCP Evidence");
    expect(done.out).toMatch(/artifacts\/bob\/\S+context7.jsonl/);
    const [day = ""] = readdirSync(join(shop.folder, "artifacts/bob"));
    expect(readFileSync(join(shop.folder, "artifacts/bob", day, "heartbeat.ndjson"), "utf8")).toMatch(
      /"status":"done".*\n$/,
    );
    expect(await bob("task", "complete", "LOGIN", ...words)).toMatchObject({ code: 1 });
  });

  it("finds a secret that the branch adds before anybody merges it", async () => {
    expect((await ada("task", "claim")).out).toContain("GUIDE is yours");
    shop.write("src/key.ts", `export const key = "${SECRET}";\n`);
    shop.commit("Add a key");
    await manager("task", "policy", "--require", "security");
    const refused = await ada("task", "complete", "--dependency-findings", "0");
    expect(refused).toMatchObject({
      code: 1,
      out: expect.stringContaining("secret at src/key.ts:1 (github)"),
    });
    expect(refused.out + refused.err).not.toContain(SECRET);
  });

  it("refuses from then on whom a manager took a task from", async () => {
    await manager("task", "reassign", "GUIDE", "--to", "bob", "--reason", "ada is away");
    const zombie = await ada("task", "progress", "--percent", "99");
    expect(zombie).toMatchObject({ code: 1, err: expect.stringContaining("TASK_FENCE_STALE") });
    expect(await ada("task", "progress", "--percent", "99")).toMatchObject({
      code: 2,
      err: expect.stringContaining("no claim of ada"),
    });
  });

  it("keeps all of it", async () => {
    const events = JSON.parse((await ada("task", "events", "LOGIN", "--json")).out) as { kind: string }[];
    expect(events.map(({ kind }) => kind)).toEqual([
      "added",
      "claimed",
      "progressed",
      "blocked",
      "resumed",
      "handed_over",
      "claimed",
      "completed",
    ]);
    expect((await ada("task", "events", "LOGIN")).out).toMatch(/agent:bob +completed/);
  });
});
