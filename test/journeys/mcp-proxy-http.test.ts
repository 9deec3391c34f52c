import { spawn } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cliFile } from "../harness/cli-file.ts";
import { everythingOverHttp, type Listening, listening } from "../harness/mcp-listening.ts";
import { direct, linesOf, registryServer } from "../harness/mcp-proxied.ts";
import { EVERYTHING } from "../harness/mcp-script.ts";
import { type Script, type Start, transcribe } from "../harness/mcp-transcript.ts";
import { temporaryFolder, temporaryRepository } from "../harness/temporary-repository.ts";
import { withToken } from "../harness/with-token.ts";

const NODE = process.env.GROWTH_ENGINE_TEST_NODE ?? process.execPath;
const TOKEN = "of-the-proxy-alone";
const OLD = "2025-11-25";
const NEW = "2026-07-28";

/** The built proxy in a folder, before an address or a command, as a client starts it or listening. */
function proxy(folder: string, words: string[], env: Record<string, string> = {}): Start {
  const start = direct([NODE, cliFile(), "mcp", "proxy", ...words], folder);
  return {
    ...start,
    env: { ...start.env, GROWTH_ENGINE_AGENT: "ada", GROWTH_ENGINE_PROXY_TOKEN: TOKEN, ...env },
  };
}

const once = (transcript: readonly string[]) => [...new Set(transcript)];
const repository = () => temporaryRepository({ "README.md": "# A\n" }).folder;

describe("growth-engine mcp proxy and a server over HTTP", () => {
  let server: Listening;
  beforeAll(async () => {
    server = await everythingOverHttp();
  });
  afterAll(async () => {
    await server.stop();
  });

  it("are not to be told apart, on standard input and over HTTP", async () => {
    const [here, there] = [repository(), repository()];
    const offered = await listening(proxy(there, ["--listen", "0", "--url", server.url]));
    const [alone, onPipes, overHttp] = await Promise.all([
      transcribe({ url: server.url }, OLD, EVERYTHING),
      transcribe(proxy(here, ["--url", server.url]), OLD, EVERYTHING),
      transcribe({ url: offered.url, token: TOKEN }, OLD, EVERYTHING),
    ]);
    expect(await offered.stop()).toBe(0);
    expect(alone.length).toBeGreaterThan(30);
    // Over HTTP a client that takes a stream up again may hear twice what it heard.
    expect(once(onPipes)).toEqual(once(alone));
    expect(once(overHttp)).toEqual(once(alone));
    for (const folder of [here, there]) {
      const lines = linesOf(folder);
      expect(lines.find(({ call }) => call === "echo")).toMatchObject({ tool: "everything", outcome: "ok" });
      expect(lines.find(({ call }) => call === "get-sum")).toMatchObject({ outcome: "error" });
    }
  });

  it("say in the protocol's own words that the server cannot be reached", async () => {
    const script: Script = (client) => [() => client.listTools()];
    const gone = transcribe(proxy(repository(), ["--url", "http://127.0.0.1:9/mcp"]), OLD, script);
    await expect(gone).rejects.toThrow(/could not be asked/);
  });
});

describe("growth-engine mcp proxy --listen", () => {
  it("offers a server on pipes as it is, with a server for each session", async () => {
    const folder = repository();
    const words = registryServer("everything", "stdio");
    const offered = await listening(proxy(folder, ["--listen", "0", "--", ...words]));
    const [alone, one, other] = await Promise.all([
      transcribe(direct(words, folder), OLD, EVERYTHING),
      transcribe({ url: offered.url, token: TOKEN }, OLD, EVERYTHING),
      transcribe({ url: offered.url, token: TOKEN }, OLD, EVERYTHING),
    ]);
    expect(await offered.stop()).toBe(0);
    expect(once(one)).toEqual(once(alone));
    expect(once(other)).toEqual(once(alone));
    expect(linesOf(folder).filter(({ call }) => call === "echo")).toHaveLength(2);
  });

  it("offers a stateless server to several clients at once", async () => {
    const folder = repository();
    const words = [NODE, cliFile(), "mcp", "serve"];
    const script: Script = (client) => [
      () => client.callTool({ name: "heartbeat_status", arguments: {} }),
      () => client.callTool({ name: "evidence_list", arguments: { agent: "nobody" } }),
      () => client.callTool({ name: "no_such_tool", arguments: {} }),
    ];
    const offered = await listening(proxy(folder, ["--listen", "0", "--name", "own", "--", ...words]));
    const address = { url: offered.url, token: TOKEN };
    const [alone, ...behind] = await Promise.all([
      transcribe(direct(words, folder), NEW, script),
      transcribe(address, NEW, script),
      transcribe(address, NEW, script),
    ]);
    await offered.stop();
    // On pipes the client asks another server of the same kind what it speaks.
    const calls = (told: readonly string[]) => told.filter((line) => !line.includes("server-discover"));
    for (const each of behind) expect(calls(each)).toEqual(calls(alone));
    expect(
      linesOf(folder)
        .map(({ call }) => call)
        .sort(),
    ).toEqual(["evidence_list", "heartbeat_status", "no_such_tool"].flatMap((name) => [name, name]));
  });

  it("gives a caller no answer that was of another, who went away", async () => {
    // It answers late, whatever is given up.
    const late = `let rest = ""; process.stdin.on("data", (part) => { rest += part; const lines = rest.split("\\n"); rest = lines.pop();
      for (const { id, params } of lines.map((line) => JSON.parse(line))) if (id !== undefined)
        setTimeout(() => console.log(JSON.stringify({ jsonrpc: "2.0", id, result: { whose: params.whose } })), 400); });`;
    const offered = await listening(proxy(repository(), ["--listen", "0", "--", NODE, "-e", late]));
    const post = (body: object | object[], signal: AbortSignal | null = null) =>
      fetch(offered.url, {
        method: "POST",
        signal,
        body: JSON.stringify(body),
        headers: {
          authorization: `Bearer ${TOKEN}`,
          "content-type": "application/json",
          "mcp-protocol-version": NEW,
          "mcp-method": "tools/list",
        },
      });
    const call = (whose: string) => ({
      jsonrpc: "2.0",
      id: 1,
      method: "tools/list",
      params: {
        whose,
        _meta: {
          "io.modelcontextprotocol/protocolVersion": NEW,
          "io.modelcontextprotocol/clientCapabilities": {},
        },
      },
    });
    const answered = await post(call("bob"));
    expect(await answered.json()).toMatchObject({ result: { whose: "bob" } });
    await expect(post(call("ada"), AbortSignal.timeout(100))).rejects.toThrow(/timeout/);
    expect(await (await post(call("bob"))).json()).toMatchObject({ result: { whose: "bob" } });
    const batch = await post([call("bob"), call("ada")]);
    expect([batch.status, await batch.json()]).toMatchObject([400, { error: { code: -32_600 } }]);
    await offered.stop();
  });

  it("denies what a policy denies", async () => {
    const folder = repository();
    const policy = join(temporaryFolder(), "policy.json");
    writeFileSync(policy, '{"servers":{"*":{"deny":["get-*"]}}}');
    const words = registryServer("everything", "stdio");
    const offered = await listening(proxy(folder, ["--listen", "0", "--policy", policy, "--", ...words]));
    const script: Script = (client) => [
      () => client.callTool({ name: "get-env" }),
      () => client.callTool({ name: "echo", arguments: { message: "a" } }),
    ];
    const told = await transcribe({ url: offered.url, token: TOKEN }, OLD, script);
    await offered.stop();
    expect(told.join("\n")).toContain("TOOL_DENIED");
    expect(linesOf(folder).map(({ call, outcome }) => [call, outcome])).toEqual([
      ["get-env", "denied"],
      ["echo", "ok"],
    ]);
  });
});

/** Asks as it is told, with whatever headers. */
function ask(
  url: string,
  headers: Record<string, string>,
  method = "POST",
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, setHost: headers.host === undefined }, (answer) => {
      let body = "";
      answer.on("data", (part) => {
        body += String(part);
      });
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, body }));
    });
    sent.on("error", reject);
    sent.end(method === "POST" ? '{"jsonrpc":"2.0","id":1,"method":"ping"}' : undefined);
  });
}

describe("whoever calls growth-engine mcp proxy --listen", () => {
  let offered: Listening;
  let server: Listening;
  const authorization = `Bearer ${TOKEN}`;
  beforeAll(async () => {
    const script = `require("node:http").createServer((q, a) => { console.log(JSON.stringify(q.headers)); a.setHeader("content-type", "application/json").end('{"jsonrpc":"2.0","id":1,"result":{}}'); }).listen(0, "127.0.0.1", function () { console.log("http://127.0.0.1:" + this.address().port + "/mcp"); })`;
    server = await listening(direct([process.execPath, "-e", script], temporaryFolder()));
    const given = ["--header", "Authorization: Bearer $" + "{UPSTREAM}"];
    const words = ["--listen", "0", "--url", server.url, ...given];
    offered = await listening(proxy(repository(), words, { UPSTREAM: "key-of-the-server" }));
  });
  afterAll(async () => {
    await offered.stop();
    await server.stop();
  });

  it.each([
    ["shows no token", {}, 401],
    ["shows another token", { authorization: "Bearer other" }, 401],
    ["is a page of another site", { authorization, origin: "https://evil.example" }, 403],
    ["is a page of another program of this machine", { authorization, origin: "http://localhost:3000" }, 403],
    ["calls this machine by a name of its own", { authorization, host: "evil.example" }, 403],
  ])("is turned away when it %s", async (_, headers, status) => {
    const before = server.said();
    expect(await ask(offered.url, headers as Record<string, string>)).toMatchObject({ status });
    expect(server.said()).toBe(before);
  });

  it("is let in with the token, which the server never sees: it gets its own", async () => {
    expect(await ask(offered.url, { authorization, "x-own": "a" })).toMatchObject({ status: 200 });
    expect(server.said()).toContain("key-of-the-server");
    expect(server.said()).toContain('"x-own":"a"');
    expect(server.said()).not.toContain(TOKEN);
    expect(await ask(offered.url.replace("/mcp", "/other"), { authorization })).toMatchObject({
      status: 404,
    });
    expect(await ask(offered.url, { authorization }, "PUT")).toMatchObject({ status: 405 });
  });

  it("finds a new token in a file of this user, where none is set", async () => {
    const folder = repository();
    const state = temporaryFolder();
    const env = { GROWTH_ENGINE_PROXY_TOKEN: "", XDG_STATE_HOME: state };
    const words = ["--listen", "0", "--", process.execPath, "-e", "process.stdin.resume()"];
    const own = await listening(proxy(folder, words, env));
    const [file = ""] = readdirSync(join(state, "growth-engine")).filter((name) => name.endsWith(".token"));
    expect(own.said()).toContain(file);
    const token = readFileSync(join(state, "growth-engine", file), "utf8").trim();
    expect(own.said()).not.toContain(token);
    expect(await ask(own.url, { authorization: `Bearer ${token}` })).toMatchObject({ status: 400 });
    await own.stop();
  });
});

/** Runs what a revision of the protocol requires of servers. @returns what of it passed, and what did not */
async function conformance(url: string, revision = OLD): Promise<string[]> {
  const modules = join(import.meta.dirname, "../../node_modules");
  const suite = join(modules, "@modelcontextprotocol/conformance/dist/index.js");
  const folder = temporaryFolder();
  const words = [suite, "server", "--url", url, "--requirements", revision, "-o", folder];
  const child = spawn(join(modules, "node/bin/node"), words, { cwd: folder, stdio: "ignore" });
  await new Promise((done) => child.on("close", done));
  return readdirSync(folder)
    .flatMap((name) => {
      const checks = JSON.parse(readFileSync(join(folder, name, "checks.json"), "utf8")) as Record<
        string,
        string
      >[];
      const scenario = name.replace(/-\d{4}-\d\d-\d\dT.*$/, "");
      return checks.map(({ id, status }) => `${scenario} ${id} ${status}`);
    })
    .sort();
}

/** Checks of HTTP that call a tool which only the suite's own server has. */
const needFixtures: Record<string, string[]> = {
  [OLD]: [],
  [NEW]: [
    "http-server-no-independent-requests-on-stream",
    "missing-capability-http-400",
    "server-no-log-without-loglevel",
    "server-rejects-undeclared-capability",
  ].map((id) => `server-server-stateless sep-2575-${id} FAILURE`),
};

describe("the conformance suite of the protocol", () => {
  it("holds the same against a server with and without the proxy, over HTTP", async () => {
    const server = await everythingOverHttp();
    const folder = repository();
    const offered = await listening(proxy(folder, ["--listen", "0", "--url", server.url]));
    const gate = await withToken(offered.url, TOKEN);
    const alone = await conformance(server.url.replace("127.0.0.1", "localhost"));
    const behind = await conformance(`${gate.url}/mcp`);
    await gate.close();
    await offered.stop();
    await server.stop();
    const passed = alone.filter((row) => row.endsWith("SUCCESS"));
    expect(passed.length).toBeGreaterThan(30);
    // The server takes any name for its own; the proxy does not.
    const named = (row: string) => row.includes("dns-rebinding");
    expect(behind.filter(named).filter((row) => !row.endsWith("SUCCESS"))).toEqual([]);
    expect(behind.filter((row) => !named(row))).toEqual(alone.filter((row) => !named(row)));
  }, 240_000);

  it.each([OLD, NEW])(
    "of %s holds nothing against how --listen offers a server on pipes over HTTP",
    async (revision) => {
      const folder = repository();
      const words = ["--listen", "0", "--", NODE, cliFile(), "mcp", "serve"];
      const offered = await listening(proxy(folder, words));
      const gate = await withToken(offered.url, TOKEN);
      const rows = await conformance(`${gate.url}/mcp`, revision);
      await gate.close();
      await offered.stop();
      // What it holds against tools, prompts and resources is of the server behind, which has none of the suite's own.
      const ofHttp = rows.filter((row) => /^server-(?:server|http-header|dns)/.test(row));
      expect(ofHttp.filter((row) => /FAILURE|WARNING/.test(row))).toEqual(needFixtures[revision]);
      expect(ofHttp.filter((row) => row.endsWith("SUCCESS")).length).toBeGreaterThan(
        revision === NEW ? 30 : 8,
      );
    },
    240_000,
  );
});
