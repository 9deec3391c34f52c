import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cliFile } from "../harness/cli-file.ts";
import { mutate, seeded } from "../harness/malform.ts";
import { GENERATIONS, overStdio } from "../harness/mcp-clients.ts";
import { type Schema, sampleValue } from "../harness/sample-request.ts";
import { temporaryFolder, temporaryRepository } from "../harness/temporary-repository.ts";

const NODE = process.env.GROWTH_ENGINE_TEST_NODE ?? process.execPath;
const NOWHERE = { GROWTH_ENGINE_DATA_DIR: "/nonexistent" };
const META = {
  "io.modelcontextprotocol/protocolVersion": "2026-07-28",
  "io.modelcontextprotocol/clientInfo": { name: "raw", version: "1" },
  "io.modelcontextprotocol/clientCapabilities": {},
};
const call = (id: number, name: string, given: object = {}) =>
  JSON.stringify({
    jsonrpc: "2.0",
    id,
    method: "tools/call",
    params: { name, arguments: given, _meta: META },
  });

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** Writes all of it, closes, and waits for the end. */
function say(folder: string, input: string | Buffer): Promise<Ended> {
  const env = { PATH: process.env.PATH, HOME: folder, ...NOWHERE };
  const child = spawn(NODE, [cliFile(), "mcp", "serve"], { cwd: folder, env });
  let [out, err] = ["", ""];
  child.stdout.on("data", (part) => {
    out += String(part);
  });
  child.stderr.on("data", (part) => {
    err += String(part);
  });
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, out, err })));
}

const messages = (out: string) =>
  out
    .split("\n")
    .filter(Boolean)
    .map(
      (line) =>
        JSON.parse(line) as { id: number | null; result?: { structuredContent: object }; error?: object },
    );

describe("growth-engine mcp serve", () => {
  const shop = temporaryRepository({ "a.ts": "export {};\n" });

  it("ends well when its input ends, and answers what was asked before", async () => {
    const { code, out } = await say(shop.folder, `${call(1, "guard_check", { base: "HEAD" })}\n`);
    expect(code).toBe(0);
    expect(messages(out)).toMatchObject([{ id: 1, result: { structuredContent: { verdict: "pass" } } }]);
  });

  it("ends well when nothing was said", async () => {
    expect(await say(shop.folder, "")).toMatchObject({ code: 0, out: "", err: "" });
  });

  it("hears what comes after lines that are no messages, and writes nothing but the protocol", async () => {
    const broken = [
      "",
      "{",
      "null",
      "[]",
      '"text"',
      '{"jsonrpc":"1.0"}',
      "\u0000\u0001",
      "{".repeat(50_000),
      "Content-Length: 5",
    ];
    const { code, out } = await say(shop.folder, `${[...broken, call(5, "evidence_verify")].join("\n")}\n`);
    expect(code).toBe(0);
    expect(messages(out).find(({ id }) => id === 5)?.result).toBeDefined();
  });

  it("leaves out a line that is too long, says so, and goes on", async () => {
    const huge = Buffer.concat([
      Buffer.alloc(9 << 20, "x"),
      Buffer.from(`\n${call(6, "evidence_verify")}\n`),
    ]);
    const { code, out, err } = await say(shop.folder, huge);
    expect(code).toBe(0);
    expect(messages(out)).toMatchObject([{ id: null, error: { code: -32_600 } }, { id: 6 }]);
    expect(err).toContain("8388608 bytes");
  });

  it("answers a flood one by one", async () => {
    const ids = Array.from({ length: 500 }, (_, at) => at + 1);
    const beat = (id: number) =>
      call(id, "heartbeat_beat", { task: "FLOOD-1", agent: "ada", progress: `${id}` });
    const { code, out } = await say(shop.folder, `${ids.map(beat).join("\n")}\n`);
    expect(code).toBe(0);
    expect(
      messages(out)
        .map(({ id }) => id)
        .sort((a, b) => Number(a) - Number(b)),
    ).toEqual(ids);
    const first = messages(out)[0]?.result?.structuredContent as { record: string } | undefined;
    const lines = readFileSync(join(shop.folder, first?.record ?? ""), "utf8")
      .trim()
      .split("\n");
    expect(lines.filter((line) => line.includes("FLOOD-1"))).toHaveLength(500);
  });

  it.each(GENERATIONS)("works without a control plane, for a client of %s", async (generation) => {
    const client = await overStdio(shop.folder, { GROWTH_ENGINE_AGENT: "ada", ...NOWHERE }, generation);
    const lines = [{ tool: "web-search", doc_ref: "https://example.com/", purpose: "to see" }];
    expect((await client.call("evidence_add", { lines })).isError).toBe(false);
    expect((await client.call("heartbeat_beat", { task: "A-1" })).answer).toMatchObject({
      live: null,
      live_problem: { code: "TOKEN_MISSING" },
    });
    expect(await client.call("task_next")).toMatchObject({
      isError: true,
      answer: { code: "TOKEN_MISSING", hint: expect.stringContaining("GROWTH_ENGINE_URL") },
    });
    expect(await client.prompts()).toEqual(["next_task"]);
    await client.close();
  });

  it("says of a server that is away that it is", async () => {
    const env = { GROWTH_ENGINE_URL: "http://127.0.0.1:1", GROWTH_ENGINE_TOKEN: `ge_${"x".repeat(43)}` };
    const client = await overStdio(shop.folder, { ...env, GROWTH_ENGINE_AGENT: "ada" });
    expect(client.tools.length).toBeGreaterThan(40);
    expect((await client.call("heartbeat_beat", { task: "A-2" })).answer).toMatchObject({
      record: expect.any(String),
      live_problem: { code: "SERVER_UNAVAILABLE" },
    });
    expect(await client.call("task_next")).toMatchObject({ answer: { code: "SERVER_UNAVAILABLE" } });
    await client.close();
  });

  it("says where there is no checkout that there is none", async () => {
    const client = await overStdio(temporaryFolder(), { GROWTH_ENGINE_AGENT: "ada", ...NOWHERE });
    expect((await client.call("guard_check")).answer.code).toBe("NOT_A_REPOSITORY");
    await client.close();
  });

  it("answers malformed arguments of every tool with a clear error, and nothing of its insides", async () => {
    const client = await overStdio(shop.folder, NOWHERE);
    const choose = seeded(20_261_126);
    const bad: string[] = [];
    for (const { name, inputSchema } of client.tools) {
      const sample = sampleValue(inputSchema as Schema, "", {});
      for (let at = 0; at < 12; at += 1) {
        const wrong = mutate(sample, choose);
        if (typeof wrong !== "object" || wrong === null || Array.isArray(wrong)) continue;
        const { isError, answer } = await client.call(name, wrong as Record<string, unknown>);
        const told = JSON.stringify(answer);
        if (isError && (answer.code === "INTERNAL" || /node_modules|\n\s+at |\.cjs/.test(told)))
          bad.push(`${name} ${JSON.stringify(wrong).slice(0, 200)}: ${told.slice(0, 300)}`);
      }
    }
    expect(bad).toEqual([]);
    expect(existsSync(join(shop.folder, "artifacts"))).toBe(true);
    await client.close();
  }, 120_000);

  it("lists its tools for people and programs", async () => {
    const text = await shop.runCli(["mcp", "tools"]);
    expect(text.out).toMatch(/^task_claim +agent +Takes a ready task/m);
    const { out } = await shop.runCli(["mcp", "tools", "--json"]);
    expect(JSON.parse(out)).toContainEqual(expect.objectContaining({ name: "guard_check", roles: null }));
  });
});
