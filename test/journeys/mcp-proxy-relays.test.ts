import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { linesOf, proxied } from "../harness/mcp-proxied.ts";
import { temporaryFolder, temporaryRepository } from "../harness/temporary-repository.ts";

const NODE = process.execPath;
/** Says back what it hears, byte for byte, and ends when its input does. */
const ECHO = [NODE, "-e", "process.stdin.pipe(process.stdout)"];
/** Answers each request, on one line or in whatever way its words say. */
const ANSWERS = `
require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
  let asked; try { asked = JSON.parse(line); } catch { return; }
  if (asked.id !== undefined) process.stdout.write(JSON.stringify({ jsonrpc: "2.0", id: asked.id, result: { content: [], got: asked } }) + "\\n");
});`;
const call = (id: number, name: string, given: object = {}) =>
  `${JSON.stringify({ jsonrpc: "2.0", id, method: "tools/call", params: { name, arguments: given } })}\n`;

interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  out: Buffer;
  err: string;
}

interface Running {
  child: ChildProcess & { stdin: NodeJS.WritableStream; stdout: NodeJS.ReadableStream };
  ended: Promise<Ended>;
}

function start(server: readonly string[], folder: string, before: string[] = [], env: object = {}): Running {
  const { command, args, cwd, env: own } = proxied(server, folder, before);
  const child = spawn(command, args, { cwd, env: { ...own, ...env }, stdio: "pipe" });
  const out: Buffer[] = [];
  let err = "";
  child.stdout.on("data", (part: Buffer) => out.push(part));
  child.stderr.on("data", (part: Buffer) => {
    err += String(part);
  });
  child.stdin.on("error", () => undefined);
  const ended = once(child, "close").then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
    out: Buffer.concat(out),
    err,
  }));
  return { child, ended };
}

function run(
  server: readonly string[],
  folder: string,
  input: string | Buffer,
  before: string[] = [],
  env: object = {},
): Promise<Ended> {
  const { child, ended } = start(server, folder, before, env);
  child.stdin.end(input);
  return ended;
}

/** Bytes of every kind: many lines, none, halves of letters, zeros, several MiB. */
function allKinds(): Buffer {
  const any = Buffer.from(Array.from({ length: 1 << 16 }, (_, index) => (index * 7919) % 256));
  const big = Buffer.from(call(1, "look", { text: "ü€😀".repeat(300_000) }));
  return Buffer.concat([any, Buffer.from("\n{}{}\r\n\n\xff garbage"), big, big.subarray(0, 70_001)]);
}

describe("growth-engine mcp proxy passes on", () => {
  const { folder } = temporaryRepository({ "a.md": "a\n" });

  it("every byte, in both directions, also with a policy that denies something else", async () => {
    const bytes = allKinds();
    const policy = join(temporaryFolder(), "policy.json");
    writeFileSync(policy, '{"servers":{"*":{"deny":["drop"]}}}');
    const readable = Buffer.concat([
      Buffer.from(call(1, "look")),
      Buffer.from('{"method":"ping"}\n \n{"n":1}\n'),
    ]);
    const [open, gated] = await Promise.all([
      run(ECHO, folder, bytes),
      run(ECHO, folder, readable, ["--policy", policy]),
    ]);
    expect(open.out.equals(bytes)).toBe(true);
    expect([open.code, gated.code]).toEqual([0, 0]);
    expect(gated.out.toString()).toBe(readable.toString());
  });

  it("exit code, standard error, words, folder and environment, without the tokens of Growth Engine", async () => {
    const tells = `console.error(JSON.stringify([process.argv.slice(1), process.cwd(), process.env.KEY, process.env.GROWTH_ENGINE_TOKEN]));process.exit(7)`;
    const env = { KEY: "of the server", GROWTH_ENGINE_TOKEN: "ge_1" };
    const { code, err } = await run([NODE, "-e", tells, "--", "--name", "x y"], folder, "", [], env);
    expect(code).toBe(7);
    expect(JSON.parse(err)).toEqual([["--name", "x y"], folder, "of the server", null]);
  });

  it("signals, and ends by the one that ended the server", async () => {
    const waits = "console.log('up');setInterval(() => undefined, 1000)";
    const stopped = start([NODE, "-e", waits], folder);
    await once(stopped.child.stdout, "data");
    stopped.child.kill("SIGTERM");
    expect(await stopped.ended).toMatchObject({ code: null, signal: "SIGTERM" });
    const tidies = `process.on("SIGINT", () => process.exit(5));${waits}`;
    const tidied = start([NODE, "-e", tidies], folder);
    await once(tidied.child.stdout, "data");
    tidied.child.kill("SIGINT");
    expect(await tidied.ended).toMatchObject({ code: 5, signal: null });
  });

  it("the death of the server in the middle of a message", async () => {
    const dies = `process.stdout.write('{"half":', () => process.kill(process.pid, "SIGKILL"));process.stdin.resume()`;
    const { child, ended } = start([NODE, "-e", dies], folder);
    child.stdin.write(call(1, "look"));
    expect(await ended).toMatchObject({ signal: "SIGKILL", out: Buffer.from('{"half":') });
  });

  it("that nobody reads any more", async () => {
    const floods = `const more = () => { while (process.stdout.write("x".repeat(65536) + "\\n")); };process.stdout.on("drain", more).on("error", () => process.exit(9));more()`;
    const { child, ended } = start([NODE, "-e", floods], folder);
    await once(child.stdout, "data");
    (child.stdout as unknown as { destroy(): void }).destroy();
    expect(await ended).toMatchObject({ code: 9 });
  });

  it("a flood at the pace of its reader", async () => {
    const floods = `let left = 300;const line = "x".repeat(1 << 20) + "\\n";const more = () => { while (left-- > 0) if (!process.stdout.write(line)) return; };process.stdout.on("drain", more);more();process.stdin.resume()`;
    const { child, ended } = start([NODE, "-e", floods], folder);
    child.stdout.pause();
    await new Promise((done) => setTimeout(done, 1_000));
    const kilobytes = /^VmRSS:\s+(\d+)/m.exec(
      existsSync("/proc/self") ? readFileSync(`/proc/${child.pid}/status`, "utf8") : "",
    )?.[1];
    expect(Number(kilobytes ?? 0)).toBeLessThan(200_000);
    child.stdout.resume();
    child.stdin.end();
    expect((await ended).out.length).toBe(300 * ((1 << 20) + 1));
  });

  it("that the server could not be started", async () => {
    const { code, err, out } = await run(["no-such-program"], folder, "");
    expect({ code, out: out.toString() }).toEqual({ code: 3, out: "" });
    expect(err).toContain("no-such-program could not be started");
  });
});

describe("growth-engine mcp proxy records", () => {
  it("calls that end, calls that never do, and none of their arguments", async () => {
    const { folder } = temporaryRepository({ "a.md": "a\n" });
    const silent = `${call(1, "look", { password: "hunter2hunter2" })}${call(2, "find")}`;
    await run([NODE, "-e", `${ANSWERS}process.stdin.on("end", () => process.exit())`], folder, silent);
    await run([NODE, "-e", "process.stdin.resume()"], folder, call(1, "wait"));
    const lines = linesOf(folder);
    expect(lines.map(({ call, outcome, unanswered }) => [call, outcome, unanswered])).toEqual(
      expect.arrayContaining([
        ["look", "ok", undefined],
        ["find", "ok", undefined],
        ["wait", undefined, true],
      ]),
    );
    expect(JSON.stringify(lines)).not.toContain("hunter2");
  });

  it("what a policy denied, and the server never got", async () => {
    const { folder } = temporaryRepository({ "a.md": "a\n" });
    const config = temporaryFolder();
    mkdirSync(join(config, "growth-engine"));
    writeFileSync(
      join(config, "growth-engine/proxy-policy.json"),
      '{"servers":{"shop":{"deny":["drop_*"]}}}',
    );
    const input = `${call(1, "drop_table")}${call(2, "look")}{"id":3,"method":"tools/call","method":"ping"}\n`;
    const env = { XDG_CONFIG_HOME: config };
    const { out, err } = await run([NODE, "-e", ANSWERS], folder, input, ["--name", "shop"], env);
    const answers = out
      .toString()
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { id: number; error?: { code: number; data: object } });
    expect(answers.find(({ id }) => id === 1)?.error).toMatchObject({
      code: -32001,
      data: { code: "TOOL_DENIED", tool: "drop_table" },
    });
    expect(answers.find(({ id }) => id === 2)?.error).toBeUndefined();
    expect(answers.find(({ id }) => id === 3)?.error).toMatchObject({ code: -32600 });
    expect(out.toString()).not.toContain('"got":{"jsonrpc":"2.0","id":1');
    expect(err).toContain("denies the tool drop_table");
    expect(linesOf(folder).map(({ call, outcome }) => [call, outcome])).toEqual([
      ["drop_table", "denied"],
      ["look", "ok"],
    ]);
  });

  it("nothing where there is no checkout or no agent, and says so", async () => {
    const outside = await run([NODE, "-e", ANSWERS], temporaryFolder(), call(1, "look"));
    expect(outside.out.toString()).toContain('"id":1');
    expect(outside.err).toContain("1 call was passed on and not recorded: it is not in a git checkout");
    const { folder } = temporaryRepository({ "a.md": "a\n" });
    const nobody = await run([NODE, "-e", ANSWERS], folder, call(1, "look"), [], { GROWTH_ENGINE_AGENT: "" });
    expect(nobody.err).toContain("set GROWTH_ENGINE_AGENT");
    expect(existsSync(join(folder, "artifacts"))).toBe(false);
    const counted = readFileSync(join(folder, ".git/growth-engine/unrecorded.jsonl"), "utf8");
    expect(JSON.parse(counted)).toMatchObject({ recorder: "mcp-proxy", calls: 1 });
  });

  it.each([
    [
      "records cannot be written",
      (folder: string) => writeFileSync(join(folder, "artifacts"), "no folder\n"),
    ],
    [
      "records lead to a device that is always full",
      (folder: string) => symlinkSync("/dev/full", join(folder, "artifacts")),
    ],
  ])("what it can when %s: the calls pass", async (_, spoil) => {
    const { folder } = temporaryRepository({ "a.md": "a\n" });
    spoil(folder);
    const { code, out, err } = await run([NODE, "-e", ANSWERS], folder, `${call(1, "a")}${call(2, "b")}`);
    expect(code).toBe(0);
    expect(out.toString().split("\n")).toHaveLength(3);
    expect(err).toMatch(/2 calls were passed on and not recorded: \S/);
  });
});

describe("growth-engine mcp proxy refuses", () => {
  const { folder } = temporaryRepository({ "policy.json": '{"servers":{}}' });

  it("a policy that the agent could change", async () => {
    const inside = await run(ECHO, folder, "{}\n", ["--policy", "policy.json"]);
    expect(inside).toMatchObject({ code: 2, out: Buffer.from("") });
    expect(inside.err).toContain("lies in the checkout");
    const link = join(temporaryFolder(), "policy.json");
    symlinkSync(join(folder, "policy.json"), link);
    expect(await run(ECHO, folder, "", ["--policy", link])).toMatchObject({ code: 2 });
  });

  it.each([
    ["is missing", null],
    ["is no JSON", "{"],
    ["holds another word", '{"servers":{"a":{"denied":["b"]}}}'],
    ["holds no lists", '{"servers":{"a":{"deny":"b"}}}'],
  ])("to run under a policy that %s", async (_, text) => {
    const policy = join(temporaryFolder(), "policy.json");
    if (text !== null) writeFileSync(policy, text);
    const { code, err } = await run(ECHO, folder, "", ["--policy", policy]);
    expect(code).toBe(2);
    expect(err).toContain("policy");
  });

  it("words that it does not know, and helps", async () => {
    const { code, err } = await run([], folder, "", ["--nmae", "x"]);
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining("--name") });
  });
});
