import fc from "fast-check";
import { parseSync } from "oxc-parser";
import { describe, expect, it } from "vitest";
import { bannedPackages } from "../banned-packages.ts";
import { findSpawns } from "./find-spawns.ts";

const banned = bannedPackages([]);

function spawnsIn(code: string): string[] {
  const { program, errors } = parseSync("a.ts", code);
  expect(errors).toEqual([]);
  return findSpawns(program, banned).map(
    ({ package: name, start }) => `${name}:${code.slice(0, start).split("\n").length}`,
  );
}

const C7 = ["context7-mcp:1"];

describe("code that starts a banned server", () => {
  it.each([
    `spawn("npx", ["-y", "context7-mcp@latest"])`,
    `spawn("context7-mcp")`,
    `spawn("npx -y context7-mcp", { shell: true })`,
    `spawn("npx -y", ["context7-mcp"], { shell: true })`,
    `cp.spawnSync("npx", ["context7-mcp"])`,
    `cp.exec("a && npx -y context7-mcp --port 1")`,
    `import cp from "node:child_process"; cp.exec("npx context7-mcp")`,
    `import * as proc from "child_process"; proc.exec("npx context7-mcp")`,
    `require("child_process").exec("npx context7-mcp")`,
    `(await import("node:child_process")).exec("npx context7-mcp")`,
    `import { exec as go } from "child_process"; go("npx context7-mcp")`,
    `const { exec: go } = require("child_process"); go("npx context7-mcp")`,
    `const { exec: go } = await import("child_process"); go("npx context7-mcp")`,
    `const go = promisify(exec); go("npx context7-mcp")`,
    `const go = util.promisify(cp.execFile); go("npx", ["context7-mcp"])`,
    `promisify(exec)("npx context7-mcp")`,
    `(0, cp.spawn)("npx", ["context7-mcp"])`,
    `cp?.spawn("npx", ["context7-mcp"])`,
    `execSync(\`cross-env X=1 npx context7-mcp --key \${key}\`)`,
    `execFile("sh", ["-c", "npx context7-mcp"])`,
    `execFileSync("cmd", ["/c", "npx", "context7-mcp"])`,
    `fork("node_modules/context7-mcp/dist/index.js")`,
    `new Worker(new URL("../node_modules/context7-mcp/dist/index.js", import.meta.url))`,
    `spawn(process.execPath, [path.join(root, "node_modules", "context7-mcp", "dist/index.js")])`,
    `spawn("node", [require.resolve("context7-mcp/dist/index.js")])`,
    `import run from "cross-spawn"; run("npx", ["context7-mcp"])`,
    `import { x } from "tinyexec"; x("npx", ["context7-mcp"])`,
    `execa("npx", ["-y", "context7-mcp"])`,
    `execaCommand("npx -y context7-mcp")`,
    `$\`npx -y context7-mcp\``,
    `$({ stdio: "inherit" })\`npx -y context7-mcp\``,
    `import { execa } from "../index.js"; execa\`npx -y context7-mcp\``,
    `import { execaSync } from "#run"; execaSync({ cwd })\`npx -y context7-mcp\``,
    `Bun.$\`npx \${"context7-mcp"}\``,
    `Bun.spawn(["bunx", "context7-mcp"])`,
    `Bun.spawn({ cmd: ["bunx", "context7-mcp"] })`,
    `new Deno.Command("npx", { args: ["-y", "context7-mcp"] })`,
    `Deno.run({ cmd: ["npx", "context7-mcp"] })`,
    `new StdioClientTransport({ command: "npx", args: ["-y", "context7-mcp"] })`,
    `new StdioClientTransport({ command: "context7-mcp" })`,
    `new StdioServerParameters({ command: "npx -y context7-mcp" })`,
    `x = { mcpServers: { docs: { command: "npx", args: ["-y", "context7-mcp@latest"] } } }`,
    `const mcpServers = { docs: { command: "npx -y context7-mcp" } }`,
    `x = { mcp: { docs: { type: "local", command: ["npx", "-y", "context7-mcp"] } } }`,
    `x = { type: "stdio", command: "npx context7-mcp" }`,
    `const CMD = "npx"; const ARGS = ["-y", "context7-mcp"]; spawn(CMD, ARGS)`,
    `const BASE = ["-y"]; const P = "context7-mcp" as const; spawn("npx", [...BASE, P])`,
    `const V = "1.0"; spawn("npx", [\`context7-mcp@\${V}\`])`,
    `spawn("npx", ["context7-mcp@" + version])`,
    `spawn(process.platform === "win32" ? "npx.cmd" : "npx", ["context7-mcp"])`,
    `spawn(process.env.NPX ?? "npx", ["context7-mcp"])`,
    `const args = ["-y"]; args.push("context7-mcp"); spawn("npx", args)`,
    `let cmd = "node"; if (a) cmd = "npx"; spawn(cmd, ["context7-mcp"])`,
    `const C = { cmd: "npx", list: ["context7-mcp"] } as const; spawn(C.cmd, C.list)`,
    `const C = { a: { cmd: "npx" } }; const { cmd } = C.a; spawn(cmd, ["context7-mcp"])`,
    `spawn("npx", "-y context7-mcp".split(" "))`,
    `exec(["npx", "-y", "context7-mcp"].join(" "))`,
    `spawn("npx", ["-y"].concat(["context7-mcp"]))`,
    `spawn("npx", ["-y", a && "-q", "context7-mcp"].filter(Boolean))`,
    `function f(pkg = "context7-mcp") { spawn("npx", [pkg]) }`,
    `class A { #p = 1; cmd = "npx"; list = ["context7-mcp"]; go() { spawn(this.cmd, this.list) } }`,
    `runCommand("npx", ["-y", "context7-mcp"])`,
    `await execAsync("npx -y context7-mcp")`,
    `run("npx -y context7-mcp")`,
    `import { spawn } from "./wrapped"; spawn("npx", ["-y", "context7-mcp"])`,
    `import * as cp from "./wrapped"; cp.exec("npx -y context7-mcp")`,
    `import { exec } from "@actions/exec"; exec("npx", ["context7-mcp"])`,
    `import { $ } from "./zx"; $\`npx context7-mcp\``,
    `function spawn(c, a) { return cp.spawn(c, a) } spawn("npx", ["context7-mcp"])`,
    `const go = (...list) => execFile(...list); go("npx", ["context7-mcp"])`,
    `const go = ([cmd, ...args]) => spawn(cmd, args); go(["npx", "context7-mcp"])`,
    `declare function spawn(a: string): void; spawn("context7-mcp")`,
    `let spawn; if (a) spawn = require("cross-spawn"); spawn("npx", ["context7-mcp"])`,
    `const cp = { spawn: require("cross-spawn") }; cp.spawn("npx", ["context7-mcp"])`,
    `if (a) { function spawn() {} } spawn("context7-mcp")`,
    `const p = require("util").promisify(require("child_process").exec); p("npx context7-mcp")`,
    `import { Worker } from "worker_threads"; new Worker("./node_modules/context7-mcp/x.js")`,
    `function f(spawn) { spawn("npx", ["context7-mcp"]) }`,
  ])("%s", (code) => expect(spawnsIn(code)).toEqual(C7));

  it("names the line of the call, not of the constant", () => {
    expect(spawnsIn(`const a = ["context7-mcp"];\n\nspawn("npx", a);`)).toEqual(["context7-mcp:3"]);
  });

  it("takes the constant of the block around the call", () => {
    const code = `function a() { const list = ["x"]; spawn("npx", list); }
      function b() { const list = ["context7-mcp"]; spawn("npx", list); }
      const list = ["chrome-devtools-mcp"];
      function c(list) { spawn("npx", list); }
      spawn("npx", list);`;
    expect(spawnsIn(code)).toEqual(["context7-mcp:2", "chrome-devtools-mcp:5"]);
  });

  it("shows the command with what is not known left open", () => {
    const { program } = parseSync("a.ts", "spawn('npx', ['-y', 'context7-mcp@' + v, key])");
    expect(findSpawns(program, banned)[0]?.command).toBe("npx -y context7-mcp@… …");
  });
});

describe("code that starts none", () => {
  it.each([
    `console.log("npx -y context7-mcp")`,
    `logger.info("run", ["npx", "context7-mcp"])`,
    `const DENIED = ["context7-mcp", "chrome-devtools-mcp"]`,
    `if (DENIED.includes("context7-mcp")) throw new Error("npx context7-mcp is banned")`,
    `const url = "https://mcp.context7.com/context7-mcp"; fetch(url)`,
    `const context7mcp = appendEvidence("context7-mcp")`,
    `/npx (.*)/.exec("npx -y context7-mcp")`,
    `pattern.exec("npx -y context7-mcp")`,
    `db.exec("npx -y context7-mcp")`,
    `spawn("npx", ["context7-mcp-helper"])`,
    `spawn("echo", ["context7-mcp"])`,
    `spawn("git", ["clone", "https://github.com/upstash/context7-mcp"])`,
    `spawn("npm", ["install", "context7-mcp"])`,
    `program.command("context7-mcp").description("npx context7-mcp")`,
    `x = { name: "context7-mcp", description: "npx -y context7-mcp" }`,
    `x = { title: "Install", command: "npx -y context7-mcp" }`,
    `x = { mcpServers: { docs: { url: "https://x.example/context7-mcp" } } }`,
    `x = { mcpServers: { docs: { command: "npx", args: ["context7-mcp"], disabled: true } } }`,
    `x = <Code>("npx -y context7-mcp")`,
    `import { cd } from "zx"; cd("context7-mcp")`,
    `run("context7-mcp")`,
    `invoke("context7-mcp", ["a"])`,
    `runCommand("context7-mcp", ["a"])`,
    `launch("context7-mcp is started")`,
    `start("context7-mcp", () => {})`,
    `html\`<code>npx -y context7-mcp</code>\``,
    `type T = { command: "npx"; args: ["context7-mcp"] }`,
    `import { spawn } from "context7-mcp"`,
    `function spawn(name) { actors.add(name) } spawn("context7-mcp"); spawn("npx", ["context7-mcp"])`,
    `const exec = (text) => log(text); exec("npx context7-mcp")`,
    `function exec(sql) { return db.run(sql, () => spawn("ls")) } exec("npx context7-mcp")`,
    `import { spawn } from "xstate"; spawn("context7-mcp")`,
    `import { exec } from "./queue"; exec("context7-mcp")`,
    `import * as cp from "./copier"; cp.spawn("context7-mcp")`,
    `const cp = { spawn(name) {} }; cp.spawn("npx", ["context7-mcp"])`,
    `class Worker {} new Worker("node_modules/context7-mcp/x.js")`,
    `import { Worker } from "bullmq"; new Worker("context7-mcp", run)`,
    `import { bash } from "./highlight"; bash\`npx context7-mcp\``,
    `function $(parts) { return parts } $\`npx context7-mcp\``,
    `{ const spawn = (a) => a; spawn("context7-mcp") }`,
    `try { f() } catch (spawn) {} function g() { var spawn = () => 1; if (a) { spawn("context7-mcp") } }`,
  ])("%s", (code) => expect(spawnsIn(code)).toEqual([]));
});

describe("hostile code", () => {
  it.each([
    [
      "names that mean themselves",
      "let a = a + 'x'; let b = c, c = b; spawn(a, b); spawn(c.d.e, [...b]); b(1); c.exec('x')",
    ],
    [
      "text that doubles",
      `${Array.from({ length: 60 }, (_, n) => `const a${n + 1} = a${n} + a${n};`).join("")} spawn(a60)`,
    ],
    [
      "lists that double",
      `const b0 = ["x"];${Array.from({ length: 60 }, (_, n) => `const b${n + 1} = [...b${n}, ...b${n}];`).join("")} spawn("npx", b60)`,
    ],
    ["many alternatives", `spawn("npx", [${"p ? 'a' : 'b',".repeat(500)}])`],
    ["a long concatenation", `exec(${"'a' + ".repeat(400)}'b')`],
    ["many assignments", `let e; ${"e = 'x';".repeat(20_000)} spawn(e)`],
    ["many blocks", `${"{ let e = 1; e = 2; spawn(e) }".repeat(20_000)}`],
  ])("comes to an end over %s", (_, code) => expect(spawnsIn(code)).toEqual([]));

  it("reads a text of 1 MiB, its end included", () => {
    expect(spawnsIn(`exec("${"a; ".repeat(349_000)} npx context7-mcp")`)).toEqual(C7);
  });

  it("never throws, whatever the arguments are", () => {
    const expression = fc.letrec((again) => ({
      any: fc.oneof(
        { depthSize: "small" },
        fc.constantFrom(`"npx"`, `"context7-mcp"`, "a", "b.c", "this.d", "1", "...a", "null", "/x/", "a?.()"),
        fc.array(again("any") as fc.Arbitrary<string>, { maxLength: 3 }).map((items) => `[${items}]`),
        fc.array(again("any") as fc.Arbitrary<string>, { maxLength: 3 }).map((items) => `spawn(${items})`),
        fc.array(again("any") as fc.Arbitrary<string>, { maxLength: 2 }).map((items) => `a.join(${items})`),
      ),
    })).any;
    fc.assert(
      fc.property(fc.array(expression, { maxLength: 4 }), (list) => {
        const { program } = parseSync("a.ts", `const a = [${list}]; var { c } = a, b = a; spawn(${list});`);
        expect(Array.isArray(findSpawns(program, banned))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
