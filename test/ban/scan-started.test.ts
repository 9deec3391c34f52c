// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of programs

import { describe, expect, it } from "vitest";
import { banned, chains } from "./scan-ban.ts";

const json = (value: unknown) => JSON.stringify(value, null, 2);
const BAD = 'require("context7-mcp");\n';
const HEAD = 'import { spawn, exec, execFile } from "node:child_process"; import path from "node:path";\n';

describe("a file that production code starts as a command", () => {
  it.each([
    'spawn("node", ["scripts/run.js"]);',
    'spawn("node", ["./scripts/run"]);',
    'spawn(process.execPath, [path.join(__dirname, "../scripts/run.js")]);',
    'spawn(process.execPath, [path.resolve(import.meta.dirname, "..", "scripts", "run.js")]);',
    'spawn("node", ["--import", "./hooks.js", "-r", "x", "scripts/run.js", "--port", "3"]);',
    'spawn("node", ["--import", "./scripts/run.js", "server/other.js"]);',
    'execFile("tsx", ["scripts/run.js"]);',
    'spawn("npx", ["ts-node", "scripts/run.js"]);',
    'spawn("bun", ["run", "scripts/run.js"]);',
    'spawn("deno", ["run", "-A", "scripts/run.js"]);',
    'exec("node ./scripts/run.js");',
    'exec("node ./scripts/run.js --port 3");',
    'exec("NODE_ENV=production node scripts/run.js && echo ok");',
    'exec("cd x; node scripts/run.js; echo");',
    "exec(`node ${root}/scripts/run.js --port ${port}`);",
    'const script = "scripts/run.js"; exec("node " + script);',
    'spawn("node", ["run.js"], { cwd: "scripts" });',
    'exec("node run.js", { cwd: path.join(__dirname, "../scripts") });',
    "await $`node scripts/run.js`;",
    'runCommand("node scripts/run.js");',
    "eval(\"require('child_process').exec('node scripts/run.js')\");",
  ])("leads on: %s", async (code) => {
    const files = { "server/a.js": `${HEAD}${code}\n`, "scripts/run.js": BAD };
    expect(await chains(files)).toEqual(["ban/transitive server/a.js:2 → scripts/run.js:1 → context7-mcp"]);
  });

  it("is looked for at the top, in the folder of the package and beside the code", async () => {
    const code = `${HEAD}spawn("node", ["scripts/run.js"]);\n`;
    for (const place of ["", "packages/x/", "packages/x/src/"]) {
      const files = {
        "packages/x/package.json": json({ name: "x" }),
        "packages/x/src/a.js": code,
        [`${place}scripts/run.js`]: BAD,
      };
      const production = ["packages/x/src/*.js"];
      expect(await banned(files, { production })).toEqual(["ban/transitive packages/x/src/a.js"]);
    }
  });

  it("leads on through other files and through its own imports", async () => {
    const files = {
      "server/a.js": 'import "../tools/b.js";\n',
      "tools/b.js": `${HEAD}exec("node tools/c.js");\n`,
      "tools/c.js": '\nimport "./bad.js";\n',
      "tools/bad.js": BAD,
    };
    expect(await chains(files)).toEqual([
      "ban/transitive server/a.js:1 → tools/b.js:2 → tools/c.js:2 → tools/bad.js:1 → context7-mcp",
    ]);
  });

  it.each([
    'log("node scripts/run.js");',
    'exec("node other/run.js");',
    'exec("echo scripts/run.js");',
    'spawn("node", ["server/other.js", "scripts/run.js"]);',
    'readFile("scripts/run.js"); exec("ls -l");',
    'exec("node ../../../scripts/run.js");',
    'spawn("run");',
  ])("is none in %s", async (code) => {
    const files = { "server/a.js": `${HEAD}${code}\n`, "scripts/run.js": BAD };
    expect(await banned(files)).toEqual([]);
  });
});

describe("a shell script that production code starts", () => {
  it.each([
    'spawn("sh", ["scripts/run.sh"]);',
    'exec("bash scripts/run.sh --x");',
    'spawn("./scripts/run.sh");',
  ])("starts a banned server: %s", async (code) => {
    const files = { "server/a.js": `${HEAD}${code}\n`, "scripts/run.sh": "\nnpx -y context7-mcp\n" };
    expect(await chains(files)).toEqual(["ban/spawn server/a.js:2 → scripts/run.sh:2 → context7-mcp"]);
  });

  it("leads on to what it runs", async () => {
    const files = {
      "server/a.js": `${HEAD}spawn("sh", ["scripts/run.sh"]);\n`,
      "scripts/run.sh": "set -e\nsh scripts/inner.sh --x\n",
      "scripts/inner.sh": "node scripts/bad.js\n",
      "scripts/bad.js": BAD,
    };
    expect(await chains(files)).toEqual([
      "ban/transitive server/a.js:2 → scripts/run.sh:2 → scripts/inner.sh:1 → scripts/bad.js:1 → context7-mcp",
    ]);
  });

  it("counts only where something starts it", async () => {
    const files = {
      "server/a.js": `${HEAD}spawn("sh", ["scripts/other.sh"]);\n`,
      "scripts/run.sh": "npx context7-mcp\n",
    };
    expect(await banned(files)).toEqual([]);
  });
});

describe("a manifest's script that production code runs", () => {
  it.each([
    'exec("yarn mcp");',
    'spawn("npm", ["run", "mcp"]);',
    'exec("npm run -s all");',
    'exec("node --run mcp");',
  ])("starts a banned server: %s", async (code) => {
    const files = {
      "package.json": json({ scripts: { all: "npm run mcp", mcp: "npx context7-mcp" } }),
      "server/a.js": `${HEAD}${code}\n`,
    };
    expect(await chains(files)).toEqual(["ban/spawn server/a.js:2 → package.json:4 → context7-mcp"]);
  });

  it("leads on to the file that it runs", async () => {
    const files = {
      "package.json": json({ scripts: { mcp: "node scripts/bad.js", premain: "yarn mcp", main: "x" } }),
      "server/a.js": `${HEAD}spawn(\n  "pnpm",\n  [\n    "run",\n    "main"\n  ]\n);\n`,
      "scripts/bad.js": BAD,
    };
    expect(await chains(files)).toEqual(["ban/transitive server/a.js:2 → scripts/bad.js:1 → context7-mcp"]);
  });

  it("is none that another script of the manifest is", async () => {
    const files = {
      "package.json": json({
        scripts: { dev: "npx context7-mcp", bad: "node scripts/bad.js", build: "tsc" },
      }),
      "server/a.js": `${HEAD}exec("npm run build"); log("dev", "npm run bad");\n`,
      "scripts/bad.js": BAD,
    };
    expect(await banned(files)).toEqual([]);
  });
});
