import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ENDPOINTS } from "../../src/entrypoints/mcp/endpoints.ts";
import { FEATURES } from "../../src/entrypoints/server/features.ts";
import { isTool } from "../../src/platform/mcp/index.ts";
import { type ControlPlane, startControlPlane } from "../harness/control-plane.ts";
import { GENERATIONS, overHttp } from "../harness/mcp-clients.ts";

const MODERN_META = {
  "io.modelcontextprotocol/protocolVersion": "2026-07-28",
  "io.modelcontextprotocol/clientInfo": { name: "test", version: "1" },
  "io.modelcontextprotocol/clientCapabilities": {},
};

describe("/mcp", () => {
  let plane: ControlPlane;
  let manager = "";
  let ada = "";
  beforeAll(async () => {
    plane = await startControlPlane();
    manager = await plane.token("manager");
    ada = await plane.token("agent", { agent: "ada" });
  });
  afterAll(() => plane.close());

  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(`${plane.url}/mcp`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${ada}`,
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        ...headers,
      },
      body,
    });
  const auditOf = (action: string) =>
    plane.query("select actor, result, address from audit_entries where action = $1 order by at", [action]);

  it("has a tool for each route, and the tools of a checkout know them all", () => {
    const routes = FEATURES.routes({
      receipts: null,
      forgetTokens: () => undefined,
      database: null as never,
      version: "0",
      outside: { privateHosts: [] },
    });
    const names = routes.map(({ endpoint }) => endpoint.name).sort();
    expect(ENDPOINTS.map(({ name }) => name).sort()).toEqual(names);
  });

  it.each(GENERATIONS)("serves clients of %s without a session", async (generation) => {
    const client = await overHttp(plane.url, manager, generation);
    expect(client.revision).toBe(generation);
    expect(await client.prompts()).toEqual(["next_task"]);
    const id = `GEN-${generation}`;
    expect((await client.call("task_add", { id, title: "one" })).answer).toMatchObject({ id, title: "one" });
    expect(await client.call("task_add", { id, title: "one" })).toMatchObject({
      isError: true,
      answer: { code: "TASK_EXISTS" },
    });
    const { answer } = await client.call("task_list", { limit: 1, open: true });
    expect(answer.items).toHaveLength(1);
    await expect(client.call("task_abolish")).rejects.toThrow("Unknown tool: task_abolish");
    await client.close();
  });

  it("shows each caller the tools of its role, and refuses the others by name", async () => {
    const agent = await overHttp(plane.url, ada);
    const names = agent.tools.map(({ name }) => name);
    const mine = ENDPOINTS.filter((endpoint) => endpoint.roles.includes("agent") && isTool(endpoint));
    expect(names.sort()).toEqual(mine.map(({ name }) => name).sort());
    expect(names).toContain("task_claim");
    expect(names).not.toContain("token_add");
    const refused = await agent.call("token_add", { role: "admin", label: "x" });
    expect(refused).toMatchObject({ isError: true, answer: { code: "TOKEN_ROLE" } });
    await agent.close();
  });

  it("does what the route does, audit and fence included", async () => {
    const boss = await overHttp(plane.url, manager);
    const agent = await overHttp(plane.url, ada);
    await boss.call("task_add", { id: "AUD-1", title: "one" });
    const { answer } = await agent.call("task_claim", { task: "AUD-1" });
    expect(answer).toMatchObject({ holder: "ada" });
    const stale = await agent.call("task_progress", { task: "AUD-1", fence: 999_999, percent: 10 });
    expect(stale).toMatchObject({ isError: true, answer: { code: "TASK_FENCE_STALE" } });
    const fresh = await agent.call("task_progress", { task: "AUD-1", fence: answer.fence, percent: 10 });
    expect(fresh.answer).toMatchObject({ progress: 10 });
    expect(await auditOf("task_progress")).toMatchObject([
      { actor: "agent:ada", result: "TASK_FENCE_STALE", address: "127.0.0.1" },
      { actor: "agent:ada", result: "done", address: "127.0.0.1" },
    ]);
    await agent.close();
    await boss.close();
  });

  it("takes lines of JSON as a list", async () => {
    const agent = await overHttp(plane.url, ada);
    const lines = [{ status: "doing", progress: "1%" }, { status: "dancing" }];
    const { answer } = await agent.call("heartbeat_batch", { lines });
    expect(answer).toMatchObject({ received: 1, refused: [{ line: 2 }] });
    expect(await agent.call("heartbeat_batch", { lines: "x" })).toMatchObject({
      isError: true,
      answer: { code: "INPUT_INVALID" },
    });
    await agent.close();
  });

  it("names what it does not take, and leads to no other address", async () => {
    const agent = await overHttp(plane.url, ada);
    const refusals = [
      await agent.call("task_show", { task: ".." }),
      await agent.call("task_show", {}),
      await agent.call("task_show", { task: "A-1", tsak: 1 }),
      await agent.call("task_show", { task: { $ne: null } }),
      await agent.call("task_list", { limit: 100_000 }),
      await agent.call("task_show", { task: "\ud800" }),
    ];
    for (const { isError, answer } of refusals) {
      expect(isError).toBe(true);
      expect(answer.code).toBe("INPUT_INVALID");
    }
    expect(refusals[2]?.answer.message).toBe('task_show takes no "tsak"');
    const far = await agent.call("task_show", { task: "nobody/../../token/self" });
    expect(far.answer.message).toMatch(/^path task/);
    await agent.close();
  });

  it("does a named write once", async () => {
    const body = JSON.stringify({
      jsonrpc: "2.0",
      id: 1,
      method: "tools/call",
      params: { name: "task_add", arguments: { id: "ONCE-1", title: "one" }, _meta: MODERN_META },
    });
    const headers = {
      "idempotency-key": "once-1",
      "mcp-protocol-version": "2026-07-28",
      "mcp-method": "tools/call",
      "mcp-name": "task_add",
    };
    const once = async () => (await post(body, headers)).json();
    const answers = [await once(), await once()] as { result: { structuredContent: object } }[];
    expect(answers[0]).toMatchObject({ result: { structuredContent: { id: "ONCE-1" } } });
    expect(answers[1]?.result.structuredContent).toEqual(answers[0]?.result.structuredContent);
  });

  it("is for callers that show a token, and writes down who did not", async () => {
    const nobody = await fetch(`${plane.url}/mcp`, { method: "POST", body: "{}" });
    expect(nobody.status).toBe(401);
    expect(nobody.headers.get("www-authenticate")).toBe("Bearer");
    expect(await nobody.json()).toMatchObject({ code: "TOKEN_MISSING" });
    const wrong = await post("{}", { authorization: `Bearer ge_${"x".repeat(43)}` });
    expect(wrong.status).toBe(401);
    expect(await auditOf("mcp_call")).toMatchObject([
      { result: "TOKEN_MISSING" },
      { result: "TOKEN_INVALID" },
    ]);
  });

  it("answers no page of another site, and to no name but its own", async () => {
    for (const origin of ["https://evil.example", "null", "http://127.0.0.1.evil.example", "file://"]) {
      const refused = await post("{}", { origin });
      expect([origin, refused.status]).toEqual([origin, 403]);
    }
    const { port } = new URL(plane.url);
    expect((await post("{}", { origin: `http://localhost:${port}` })).status).toBe(400);
  });

  it.each(["GET", "DELETE"])("has no session to %s", async (method) => {
    const answer = await fetch(`${plane.url}/mcp`, { method, headers: { authorization: `Bearer ${ada}` } });
    expect(answer.status).toBe(405);
  });

  it.each([
    ["no JSON", "{", 400],
    ["JSON cut short", '{"jsonrpc":"2.0","id":1,"method":"tools/li', 400],
    ["no message", '"text"', 400],
    ["nothing", "", 400],
    ["a deep message", "[".repeat(100_000), 400],
    ["a huge message", " ".repeat((8 << 20) + (65 << 10)), 413],
  ])("refuses %s", async (_, body, status) => {
    const answer = await post(body);
    expect(answer.status).toBe(status);
    expect(await answer.text()).not.toMatch(/node_modules|\n\s+at /);
  });

  it("refuses a body that is no JSON by its type", async () => {
    expect((await post("a=1", { "content-type": "application/x-www-form-urlencoded" })).status).toBe(415);
  });

  it("lets an admin name the fleet, and nobody else another's", async () => {
    const other = await plane.token("manager", { fleet: "other" });
    const owner = await overHttp(plane.url, other);
    await owner.call("task_add", { id: "FAR-1", title: "far" });
    await owner.close();
    const mine = await overHttp(plane.url, manager);
    expect((await mine.call("task_show", { task: "FAR-1" })).answer.code).toBe("TASK_UNKNOWN");
    await mine.close();
    const outside = await overHttp(plane.url, other, "2026-07-28", {
      "growth-engine-fleet": "default",
    }).catch((error: unknown) => String(error));
    expect(outside).toEqual(expect.stringMatching(/FLEET_UNKNOWN|404|not found/i));
  });

  it("ends although a client listens for changes", async () => {
    const own = await startControlPlane();
    const token = await own.token("viewer");
    const stream = await fetch(`${own.url}/mcp`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        "mcp-protocol-version": "2026-07-28",
        "mcp-method": "subscriptions/listen",
      },
      body: JSON.stringify({
        jsonrpc: "2.0",
        id: 1,
        method: "subscriptions/listen",
        params: { notifications: { toolsListChanged: true }, _meta: MODERN_META },
      }),
    });
    expect(stream.headers.get("content-type")).toContain("text/event-stream");
    const rest = stream.text();
    await own.close();
    expect(await rest).toContain("subscriptions");
  });

  it("is served by any process behind one address", async () => {
    const second = await plane.another();
    for (const url of [plane.url, second.url]) {
      const answer = await fetch(`${url}/mcp`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${ada}`,
          "content-type": "application/json",
          accept: "application/json, text/event-stream",
          "mcp-session-id": "of-another-process",
          "mcp-protocol-version": "2025-11-25",
        },
        body: JSON.stringify({ jsonrpc: "2.0", id: 7, method: "tools/call", params: { name: "task_next" } }),
      });
      expect(await answer.text()).toContain('"structuredContent"');
    }
  });
});
