import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bannedPackages } from "../banned-packages.ts";
import { findConfigSpawns } from "./find-config-spawns.ts";

const banned = bannedPackages([]);
const find = (path: string, text: string) =>
  findConfigSpawns(path, text, banned).map((found) => `${found.package}:${found.line}`);
const entry = `{ "command": "npx", "args": ["-y", "context7-mcp@latest"] }`;
const manifest = (scripts: Record<string, string>) =>
  findConfigSpawns("package.json", JSON.stringify({ scripts }), banned).map((found) => found.command);

describe("configuration of MCP clients", () => {
  it.each([
    [".mcp.json", `{"mcpServers": {"docs": ${entry}}}`],
    ["app/.vscode/mcp.json", `{"servers": {"docs": ${entry}}}`],
    ["src/prod.mcp.json", `{"docs": ${entry}}`],
    ["claude_desktop_config.json", `{"mcpServers": {"docs": ${entry}}}`],
    ["src/cline_mcp_settings.json", `{"mcpServers": {"docs": ${entry}}}`],
    ["src/settings.json", `{"mcp": {"servers": {"docs": ${entry}}}}`],
    ["src/settings.json", `{"mcp.servers": {"docs": ${entry}}}`],
    ["src/settings.json", `{"amp.mcpServers": {"docs": ${entry}}}`],
    ["src/settings.json", `{"context_servers": {"docs": ${entry}}}`],
    ["src/settings.json", `{"context_servers": {"docs": {"command": {"path": "x"}}, "b": ${entry}}}`],
    [
      "src/opencode.jsonc",
      `{"mcp": {"docs": {"type": "local", "command": ["npx", "-y", "context7-mcp"]}}} // x`,
    ],
    ["src/agents.json", `{"fleet": [{"mcpServers": {"docs": {"command": "npx -y context7-mcp"}}}]}`],
    [
      ".mcp.json",
      `\uFEFF{"mcpServers": {"docs": {"command": "cmd", "args": ["/k", "npx", "context7-mcp"],},},}`,
    ],
    ["app/config.toml", `[mcp_servers.docs] # x\ncommand = "npx"\nargs = ["-y", 'context7-mcp@latest']`],
    [
      "config.toml",
      `[mcp_servers."my docs"]\nargs = [\n  "-y", # "]"\n  "context7-mcp",\n]\ncommand = "npx"`,
    ],
  ])("%s %s", (path, text) => {
    expect(findConfigSpawns(path, text, banned).map((found) => found.package)).toEqual(["context7-mcp"]);
  });

  it.each([
    [".mcp.json", `{"mcpServers": {"docs": {"url": "https://mcp.example/context7-mcp"}}}`],
    [".mcp.json", `{"mcpServers": {"context7-mcp": {"command": "npx", "args": ["-y", "other"]}}}`],
    [".mcp.json", `{"mcpServers": {"docs": {"disabled": true, "command": "npx", "args": ["context7-mcp"]}}}`],
    [".mcp.json", `{"mcpServers": {"docs": ${entry}`],
    [".mcp.json", `[]`],
    [".mcp.json", ``],
    ["src/menu.json", `{"help": {"command": "npx", "args": ["context7-mcp"]}}`],
    ["src/deny.json", `["context7-mcp"]`],
    ["src/mcp.yaml", `mcpServers: {docs: ${entry}}`],
    ["config.toml", `[tools.docs]\ncommand = "npx"\nargs = ["context7-mcp"]`],
    ["config.toml", `[mcp_servers.docs]\nenabled = false\ncommand = "npx"\nargs = ["context7-mcp"]`],
    ["config.toml", `[mcp_servers.docs.env]\ncommand = "npx context7-mcp"\n# command = "context7-mcp"`],
  ])("%s %s starts none", (path, text) => expect(find(path, text)).toEqual([]));

  it("names the line of each command", () => {
    const text = `{\n "mcpServers": {\n  "a": ${entry},\n  "b": {\n   "args": ["chrome-devtools-mcp"],\n   "command": "npx" } } }`;
    expect(find(".mcp.json", text)).toEqual(["context7-mcp:3", "chrome-devtools-mcp:6"]);
    expect(find("c.toml", `x = 1\n\n[mcp_servers.a]\ncommand = "context7-mcp"`)).toEqual(["context7-mcp:3"]);
  });
});

describe("scripts of package.json", () => {
  it.each(["start", "prestart", "poststart", "start:prod", "preinstall", "install", "postinstall"])(
    "finds a banned server in %s",
    (name) => expect(manifest({ [name]: "npx -y context7-mcp" })).toEqual([`${name}: npx -y context7-mcp`]),
  );

  it.each(["dev", "prepare", "serve", "start:dev", "test"])("leaves %s alone", (name) =>
    expect(manifest({ [name]: "npx -y context7-mcp", start: "node server.js" })).toEqual([]),
  );

  it.each([
    "npm run dev",
    "npm run -s dev -- --port 1",
    "npm run-script dev",
    "yarn dev",
    "yarn run dev",
    "pnpm dev",
    "bun run dev",
    "node --run dev",
    "run-p build dev",
    `npm-run-all "d*"`,
    `concurrently "npm:dev" "npm run build"`,
    "cross-env NODE_ENV=production npm run dev",
    "sh -c 'npm run build && npm run dev'",
  ])("follows %s", (start) => {
    expect(manifest({ start, build: "tsc", dev: "vite & npx context7-mcp" })).toEqual([
      "start → dev: npx context7-mcp",
    ]);
  });

  it("follows what runs before and after a called script, through any number of scripts", () => {
    const scripts = { start: "npm run a", a: "npm run b", prea: "x", postb: "npx context7-mcp", b: "y" };
    expect(manifest(scripts)).toEqual(["start → a → postb: npx context7-mcp"]);
  });

  it("comes to an end when scripts call each other", () => {
    expect(manifest({ start: "npm run a", a: "npm start", b: "npm run 'b*'" })).toEqual([]);
  });

  it("does not follow a script of another package", () => {
    expect(
      manifest({ start: "npm run dev -w docs && npm --prefix x run dev", dev: "npx context7-mcp" }),
    ).toEqual([]);
  });

  it("names the line of the script that production runs", () => {
    const text = `{\n "scripts": {\n  "dev": "npx context7-mcp",\n  "start": "npm run dev"\n }\n}`;
    expect(find("packages/a/package.json", text)).toEqual(["context7-mcp:4"]);
  });
});

describe("hostile configuration", () => {
  it.each(["[", "{", `{"a":`, `"\\`, "[mcp_servers.a]\n", `args = [\n`])("reads 1 MiB of %j", (piece) => {
    const text = piece.repeat((1 << 20) / piece.length);
    for (const path of [".mcp.json", "package.json", "config.toml"]) expect(find(path, text)).toEqual([]);
  });

  it("reads a manifest in which every script calls every other one", () => {
    const names = Array.from({ length: 300 }, (_, at) => `s${at}`);
    const all = `run-p ${names.join(" ")} ${names.map((name) => `${name}*`).join(" ")}`;
    expect(manifest(Object.fromEntries([["start", all], ...names.map((name) => [name, all])]))).toEqual([]);
  });

  it("answers any text", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("package.json", ".mcp.json", "a.toml"),
        fc.json(),
        fc.string(),
        (path, json, text) => {
          expect(Array.isArray(find(path, json))).toBe(true);
          expect(Array.isArray(find(path, `[mcp_servers.a]\nargs = ${text}`))).toBe(true);
          expect(
            Array.isArray(find(path, `{"scripts": ${json}, "mcpServers": {"a": {"command": ${json}}}}`)),
          ).toBe(true);
        },
      ),
    );
  });
});
