import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GENERATIONS, type McpClient, overHttp, overStdio } from "../harness/mcp-clients.ts";
import { adminTokenIn, dataPlace, type SpawnedServe, spawnServe } from "../harness/spawned-serve.ts";
import { temporaryFolder, temporaryRepository } from "../harness/temporary-repository.ts";

const place = dataPlace();
let serve: SpawnedServe;
let boss: McpClient;

/** An answer that is none of an error. */
async function done(client: McpClient, name: string, given: Record<string, unknown> = {}) {
  const { isError, answer } = await client.call(name, given);
  expect(isError, `${name}: ${JSON.stringify(answer)}`).toBe(false);
  return answer;
}

/** A token of a new agent. */
async function hire(agent: string): Promise<string> {
  await done(boss, "agent_add", { name: agent });
  const { token } = await done(boss, "token_add", { role: "agent", agent, label: "journey" });
  return String(token);
}

beforeAll(async () => {
  serve = await spawnServe(["--data-dir", place.folder, "--port", "0"]);
  boss = await overHttp(serve.url, adminTokenIn(place.folder));
}, 90_000);
afterAll(async () => {
  await boss.close();
  await serve.stop();
  place.remove();
});

describe.each(GENERATIONS)("a day through tools alone, in a checkout, by a client of %s", (generation) => {
  const name = `ada-${generation}`;
  const task = `SHOP-${generation}`;
  const home = temporaryFolder();
  const shop = temporaryRepository({
    "app/cart.ts": "export const cart = [];\n",
    "growth-engine.json": JSON.stringify({
      task: { setUp: [["node", "-e", "require('fs').writeFileSync('ready', '')"]] },
    }),
    ".gitignore": "ready\n",
    ".gitattributes": "artifacts/** merge=union\n",
  });
  let ada: McpClient;
  beforeAll(async () => {
    const token = await hire(name);
    shop.branch("work");
    const env = { GROWTH_ENGINE_URL: serve.url, GROWTH_ENGINE_TOKEN: token, XDG_CONFIG_HOME: home };
    ada = await overStdio(shop.folder, env, generation);
    await done(boss, "task_add", { id: task, title: "List the cart", estimate: "3h", assignee: name });
    await done(boss, "task_add", {
      id: `${task}-b`,
      title: "Then empty it",
      depends_on: [task],
      assignee: name,
    });
  }, 60_000);
  afterAll(() => ada.close());

  it("speaks the revision that the client knows", () => {
    expect(ada.revision).toBe(generation);
  });

  it("begins with what is next, and a start that waits for a person where it must", async () => {
    const { items } = (await done(ada, "task_next")) as { items: { id: string }[] };
    expect(items.map(({ id }) => id)).toEqual([task]);
    const started = await done(ada, "task_start", { task });
    expect(started).toMatchObject({
      claim: "new",
      task: { id: task, holder: name },
      heartbeat: expect.stringContaining(`artifacts/${name}/`),
      setUp: [{ done: false, approve: expect.stringContaining("growth-engine task start --approve") }],
    });
    expect(existsSync(join(shop.folder, "ready"))).toBe(false);
  });

  it("runs the set-up commands that the person approved meanwhile", async () => {
    const { setUp } = (await done(ada, "task_start", { task })) as { setUp: { approve: string }[] };
    const words = setUp[0]?.approve.split(" ").slice(1) ?? [];
    expect((await shop.runCli(words, { env: { XDG_CONFIG_HOME: home } })).code).toBe(0);
    expect(await done(ada, "task_start", { task })).toMatchObject({ claim: "kept", setUp: [{ done: true }] });
    expect(existsSync(join(shop.folder, "ready"))).toBe(true);
  });

  it("keeps records and renews the lease without carrying a fence", async () => {
    const lines = [
      { tool: "context7", doc_ref: "https://example.com/cart", purpose: "how carts are listed", task },
    ];
    expect(await done(ada, "evidence_add", { lines })).toMatchObject({
      written: [{ file: expect.stringContaining(`artifacts/${name}/`), line: 1, entry: { agent: name } }],
    });
    expect(await done(ada, "heartbeat_beat", { progress: "40%", file: "app/cart.ts" })).toMatchObject({
      task,
      record: expect.stringContaining("heartbeat.ndjson"),
      live: { repeated: false },
      renewed: true,
    });
    expect(await done(ada, "task_progress", { percent: 40 })).toMatchObject({ id: task, progress: 40 });
    expect(await done(ada, "task_block", { type: "decision", reason: "which currency?" })).toMatchObject({
      state: "blocked",
    });
    expect(await done(ada, "task_resume")).toMatchObject({ state: "in_progress" });
    expect(await done(ada, "heartbeat_status", { task })).toMatchObject({ isLate: false });
    expect(await done(ada, "evidence_list", { task })).toMatchObject({ items: [{ entry: { task } }] });
    expect(await done(boss, "heartbeat_live", { agent: name })).toMatchObject({
      items: [{ state: "fresh", task }],
    });
  });

  it("reserves what it writes to, and learns who else touches its task", async () => {
    const resources = [{ kind: "file", pattern: "app/**" }];
    expect(await done(ada, "reservation_take", { resources, purpose: "the cart" })).toMatchObject({
      state: "held",
      agent: name,
    });
    expect(await done(boss, "reservation_conflicts", { resources })).toMatchObject({
      items: [{ agent: name }],
    });
    expect(await done(ada, "task_conflicts", { task })).toMatchObject({ items: [] });
    expect(await done(ada, "reservation_renew", { lease_seconds: 600 })).toMatchObject({ state: "held" });
    expect(await done(ada, "reservation_release")).toMatchObject({ agent: name });
    expect((await ada.call("reservation_release")).answer.code).toBe("USAGE");
  });

  it("answers what it is asked", async () => {
    await done(boss, "message_send", { agent: name, task, text: "How far is the cart?" });
    const { items } = (await done(ada, "message_inbox")) as { items: { message: number }[] };
    expect(items).toHaveLength(1);
    await done(ada, "message_answer", { message: items[0]?.message, text: "Half" });
    expect(await done(ada, "message_inbox")).toMatchObject({ items: [] });
  });

  it("brings its records to the control plane", async () => {
    expect(await done(boss, "fleet_add_repository", { name })).toMatchObject({ name });
    expect(await done(ada, "sync_run", { name })).toMatchObject({ received: expect.any(Number), broken: [] });
    const { items } = (await done(boss, "evidence_kept", { agent: name })) as { items: object[] };
    expect(items).toMatchObject([{ tool: "context7", task }]);
    expect(await done(ada, "sync_run", { name })).toMatchObject({ received: 0 });
    await expect(ada.call("sync_open")).rejects.toThrow("Unknown tool");
  });

  it("is judged as CI judges, and mends what the guard names", async () => {
    shop.write("app/cart.ts", 'export const cart = ["apple"];\n');
    shop.git("add", "app");
    shop.git("commit", "-qm", "List the cart");
    expect(await done(ada, "guard_check", { base: "main", guards: ["guard-mcp"] })).toMatchObject({
      verdict: "fail",
      guards: [{ findings: [{ rule: "evidence/missing" }] }],
    });
    expect(await done(ada, "guard_explain", { rule: "evidence/missing" })).toMatchObject({
      rule: { level: "block" },
    });
    shop.commit("Keep its records", { time: Date.now() });
    const { text } = (await done(ada, "evidence_section", { base: "main" })) as { text: string };
    expect(await done(ada, "guard_check", { base: "main", text })).toMatchObject({ verdict: "pass" });
    expect(await done(ada, "guard_explain", { base: "main" })).toMatchObject({
      verdict: { verdict: "pass" },
    });
    expect(await done(ada, "evidence_verify")).toMatchObject({ verdict: "pass" });
    expect(await done(ada, "evidence_coverage", { base: "main" })).toMatchObject({ changed: 1, covered: 1 });
    expect(await done(ada, "witness_coverage", { base: "main" })).toMatchObject({ changed: 1, seen: 0 });
    expect(await done(ada, "heartbeat_verify")).toMatchObject({ guard: { verdict: "pass" } });
    expect(await done(ada, "ban_scan")).toMatchObject({ verdict: "pass" });
  });

  it("completes, and hears what comes next", async () => {
    expect(await done(ada, "task_complete", { notes: "listed", dry_run: true })).toMatchObject({
      completed: false,
      unmet: [],
    });
    expect(await done(ada, "task_complete", { notes: "listed", passed: ["unit"] })).toMatchObject({
      completed: true,
      released: [`${task}-b`],
      text: expect.stringContaining("## MCP Evidence"),
    });
    const { items } = (await done(ada, "task_next")) as { items: { id: string }[] };
    expect(items.map(({ id }) => id)).toEqual([`${task}-b`]);
    expect(await ada.call("task_progress", { percent: 50 })).toMatchObject({
      isError: true,
      answer: { code: "USAGE", hint: expect.stringContaining("task") },
    });
  });

  it("hands over what it claimed by hand, and forgets the claim", async () => {
    const other = `bob-${generation}`;
    await hire(other);
    expect(await done(ada, "task_claim_next")).toMatchObject({ id: `${task}-b`, holder: name });
    expect(await done(ada, "task_hand_over", { to: other, context: "half is done" })).toMatchObject({
      assignee: other,
    });
    expect((await ada.call("task_renew", {})).answer.code).toBe("USAGE");
  });

  it("hears whether the checkout is fit and all is well", async () => {
    const doctor = (await done(ada, "doctor_look")) as { checks: { name: string }[] };
    expect(doctor.checks.map((check) => check.name)).toEqual(
      expect.arrayContaining(["node", "git", "hooks"]),
    );
    const health = (await done(ada, "health_show", { only: ["database", "ban"] })) as {
      checks: { name: string }[];
    };
    expect(health.checks.map((check) => check.name)).toEqual(["database", "ban"]);
  });

  it("lists to an agent what agents may call", () => {
    const names = ada.tools.map((tool) => tool.name);
    expect(names).toEqual(expect.arrayContaining(["task_start", "guard_check", "evidence_add", "task_next"]));
    expect(names).not.toContain("token_add");
    expect(new Set(names).size).toBe(names.length);
  });
});

describe.each(GENERATIONS)("a day through tools alone, over HTTP, by a client of %s", (generation) => {
  it("goes from what is next to what is next", async () => {
    const name = `eve-${generation}`;
    const task = `FAR-${generation}`;
    const eve = await overHttp(serve.url, await hire(name), generation);
    await done(boss, "task_add", { id: task, title: "Far away", assignee: name });
    await done(boss, "task_add", { id: `${task}-b`, title: "Farther", depends_on: [task], assignee: name });
    expect(await done(eve, "task_next")).toMatchObject({ items: [{ id: task }] });
    const { fence } = await done(eve, "task_claim", { task });
    const lines = [{ tool: "context7", doc_ref: "https://docs.example.com/a", purpose: "to know", task }];
    const repository = `far-${generation}`;
    await done(boss, "fleet_add_repository", { name: repository });
    expect(await done(eve, "evidence_add", { repository, lines })).toMatchObject({ received: 1 });
    expect(await done(eve, "evidence_kept", { task })).toMatchObject({
      items: [{ agent: name, repository }],
    });
    expect(await done(eve, "heartbeat_beat", { task, fence, progress: "10%" })).toMatchObject({
      repeated: false,
    });
    expect(await done(eve, "task_progress", { task, fence, percent: 60, note: "half" })).toMatchObject({
      progress: 60,
    });
    const resources = [{ kind: "environment", pattern: `staging-${generation}` }];
    const held = await done(eve, "reservation_take", { resources, task });
    expect(await done(eve, "task_conflicts", { task })).toMatchObject({ items: [] });
    await done(eve, "reservation_release", { reservation: held.id, fence: held.fence });
    expect(await done(eve, "task_check_completion", { task })).toMatchObject({ unmet: [] });
    const completed = await done(eve, "task_complete", { task, fence, facts: { notes: "done" } });
    expect(completed).toMatchObject({ task: { state: "completed" }, released: [`${task}-b`] });
    expect(await done(eve, "task_next")).toMatchObject({ items: [{ id: `${task}-b` }] });
    await eve.close();
  });
});
