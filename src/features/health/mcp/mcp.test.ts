// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables as the files of other programs write them.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../../test/harness/temporary-repository.ts";
import { approvalFor } from "./approval.ts";
import { fillIn } from "./fill-in.ts";
import { judgeTalk } from "./judge-talk.ts";
import type { McpServer, Reach } from "./mcp-server.ts";
import { readServers } from "./read-servers.ts";

const stdio = (changed: Partial<Extract<Reach, { kind: "stdio" }>> = {}): Reach => ({
  kind: "stdio",
  command: "node",
  args: ["s.cjs"],
  env: {},
  cwd: ".",
  ...changed,
});

describe("the servers that a checkout names", () => {
  it("are read from all three files, with comments and trailing commas", () => {
    const folder = temporaryFolder();
    writeFileSync(
      join(folder, ".mcp.json"),
      '{ "mcpServers": { "a": { "command": "x", "args": ["1"], "env": { "K": "v" } } } }',
    );
    for (const name of [".cursor", ".vscode"]) mkdirSync(join(folder, name));
    writeFileSync(
      join(folder, ".cursor/mcp.json"),
      '{ "mcpServers": { "off": { "command": "y", "disabled": true } } }',
    );
    writeFileSync(
      join(folder, ".vscode/mcp.json"),
      '{ // remote\n "servers": { "b": { "type": "http", "url": "https://e.com/mcp", "headers": { "X": "1" } }, } }',
    );
    expect(readServers(folder)).toEqual({
      unreadable: [],
      servers: [
        { name: "a", file: ".mcp.json", said: stdio({ command: "x", args: ["1"], env: { K: "v" } }) },
        {
          name: "b",
          file: ".vscode/mcp.json",
          said: { kind: "http", url: "https://e.com/mcp", headers: { X: "1" } },
        },
      ],
    });
  });

  it.each([
    ["{", "is no JSON"],
    ['{ "mcpServers": { "a": {} } }', "gives neither command nor url for a"],
    ['{ "mcpServers": { "a": { "command": 3 } } }', "gives neither command nor url for a"],
    [
      JSON.stringify({
        mcpServers: Object.fromEntries(Array.from({ length: 60 }, (_, n) => [n, { command: "x" }])),
      }),
      "names over 50 servers",
    ],
  ])("are told as unreadable: %s", (text, why) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, ".mcp.json"), text);
    expect(readServers(folder).unreadable[0]).toEqual({ file: ".mcp.json", why });
  });

  it.each(["[]", "null", '"x"', '{ "mcpServers": [] }', "{}", ""])("are none in %s", (text) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, ".mcp.json"), text);
    expect(readServers(folder).servers).toEqual([]);
  });
});

describe("variables", () => {
  const fill = (said: Reach, env: NodeJS.ProcessEnv = {}) => fillIn(said, { env, worktree: "/w" });
  it("are filled in from the environment, in each editor's way of writing them", () => {
    const said = stdio({
      args: ["${A}", "${env:A}", "${B:-b}", "${workspaceFolder}/x", "$A"],
      env: { K: "${A}" },
    });
    expect(fill(said, { A: "1" })).toMatchObject({ args: ["1", "1", "b", "/w/x", "$A"], env: { K: "1" } });
  });
  it("that are missing are named, and so is what only an editor asks for", () => {
    expect(fill(stdio({ args: ["${A}", "${A}", "${input:key}"] }))).toEqual({
      missing: ["A", "${input:key}"],
    });
    expect(fill({ kind: "http", url: "https://${H}/", headers: {} })).toEqual({ missing: ["H"] });
  });
});

describe("what a user approves", () => {
  const place = { worktree: temporaryFolder(), gitDirectory: "/g" };
  const sum = (said: Reach) => approvalFor({ name: "a", file: "f", said } as McpServer, place).hash;
  it("changes with command, arguments, environment, folder, headers, and with the script", () => {
    const sums = [
      stdio(),
      stdio({ command: "deno" }),
      stdio({ args: ["s.cjs", "x"] }),
      stdio({ env: { K: "1" } }),
      stdio({ env: { K: "2" } }),
      stdio({ cwd: "sub" }),
      { kind: "http", url: "https://e.com", headers: {} } as const,
      { kind: "http", url: "https://e.com", headers: { A: "${TOKEN}" } } as const,
    ].map(sum);
    writeFileSync(join(place.worktree, "s.cjs"), "1");
    sums.push(sum(stdio()));
    expect(new Set(sums).size).toBe(sums.length);
    expect(sum(stdio())).toBe(sum(stdio()));
  });
  it("is shown with its environment", () => {
    const said = stdio({ env: { K: "v" }, cwd: "sub" });
    expect(approvalFor({ name: "a", file: "f", said }, place).shown).toBe("K=v node s.cjs (in sub)");
  });
});

describe("a talk", () => {
  const spoke = { kind: "spoke", tools: 2, server: "s 1", protocol: "x", took: 5, noise: null } as const;
  it.each([
    [spoke, "ok", "2 tools of s 1 in 5 ms"],
    [{ ...spoke, noise: "hi" }, "warn", /prints to standard output what is no protocol: “hi”/],
    [{ ...spoke, tools: 0 }, "warn", "s 1 offers no tools"],
    [{ kind: "hung", after: 3_000, noise: null }, "fail", "no answer within 3 s; it was ended"],
    [{ kind: "hung", after: 3_000, noise: "a\nb" }, "fail", /printed “a b” instead/],
    [{ kind: "flooded", bytes: 5 << 20 }, "fail", /^it sent over 5.0 MiB/],
    [
      { kind: "ended", how: "exit 1", noise: null, stderr: "no key" },
      "fail",
      "it ended by itself (exit 1): no key",
    ],
    [{ kind: "refused", why: "ECONNREFUSED" }, "fail", "it could not be reached: ECONNREFUSED"],
  ] as const)("%j is %s", (talk, state, says) => {
    const found = judgeTalk(talk, ".mcp.json");
    expect(found.state).toBe(state);
    expect(found.says).toMatch(says);
    expect(found.hint === null).toBe(state === "ok");
  });
});
