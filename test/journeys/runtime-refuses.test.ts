import { describe, expect, it } from "vitest";
import { installedProject } from "../harness/installed-project.ts";

const HOOK = ["--import", "growth-engine/runtime"];
const IMPORT = "mend: move the import to a file that production does not reach, such as one in scripts/";

/** Programs that come to a banned package, and what is said of each. */
const PROGRAMS: Readonly<Record<string, [code: string, says: string]>> = {
  "static.js": [`import "context7-mcp";`, "context7-mcp is banned from production and was not loaded"],
  "subpath.js": [`import "context7-mcp/sub";`, `context7-mcp (as "context7-mcp/sub") is banned`],
  "dynamic.js": [`await import("context7-mcp");`, "context7-mcp is banned"],
  "alias.js": [`await import("docs");`, `@upstash/context7-mcp (as "docs") is banned`],
  "require.cjs": [`require("context7-mcp");`, "context7-mcp is banned"],
  "resolve.cjs": [`require.resolve("docs/sub");`, `@upstash/context7-mcp (as "docs/sub") is banned`],
  "created.js": [
    `import { createRequire } from "node:module"; createRequire(import.meta.url)("docs");`,
    `@upstash/context7-mcp (as "docs") is banned`,
  ],
  "path.js": [`import "../node_modules/docs/index.js";`, "@upstash/context7-mcp"],
  "absent.js": [`import "chrome-devtools-mcp";`, "chrome-devtools-mcp is banned"],
};

const project = installedProject({
  ...Object.fromEntries(Object.entries(PROGRAMS).map(([name, [code]]) => [`src/${name}`, code])),
  "src/through.js": `import "./require.cjs";`,
  "src/worker.js": `
import { Worker } from "node:worker_threads";
new Worker(new URL("./static.js", import.meta.url)).on("error", ({ message }) => console.log(message));`,
  "src/early.js": `export * from "node:child_process";`,
  "src/fine.js": `
import fs from "node:fs";
import { createRequire } from "node:module";
import { execFileSync } from "node:child_process";
import { plain } from "evendetails";
createRequire(import.meta.url)("node:path");
console.log(plain(), typeof fs, execFileSync(process.execPath, ["-p", "'context7-mcp'"]).toString());`,
  "src/spawns.js": `
import childProcess, { spawn, exec, execFile, fork, spawnSync, execSync, execFileSync } from "node:child_process";
import { promisify } from "node:util";
const starts = {
  spawn: () => spawn("npx", ["-y", "context7-mcp"]),
  shell: () => spawn("npx context7-mcp", { shell: true }),
  exec: () => exec("cd / && pnpm dlx context7-mcp"),
  promised: () => promisify(exec)("yarn dlx context7-mcp"),
  execFile: () => execFile("bunx", ["@upstash/context7-mcp@latest"]),
  fork: () => fork("node_modules/context7-mcp/index.js"),
  spawnSync: () => spawnSync("npm", ["exec", "--", "context7-mcp"]),
  shellSync: () => spawnSync("npx context7-mcp", { shell: true }),
  execSync: () => execSync("env A=1 npx context7-mcp"),
  execFileSync: () => execFileSync("npx", ["context7-mcp"]),
  member: () => childProcess.execSync("npx context7-mcp"),
};
for (const [name, start] of Object.entries(starts)) {
  try {
    await start();
    console.log(name, "started");
  } catch ({ code, message }) {
    console.log(name, code, message.replace(/\\n/g, " | "));
  }
}`,
});

const run = (file: string, env: Record<string, string> = {}) =>
  project.runNode([...HOOK, `src/${file}`], { env: { NODE_ENV: undefined, ...env } });

describe("node --import growth-engine/runtime", () => {
  it.each(Object.keys(PROGRAMS))("refuses what %s loads", async (file) => {
    const { code, out, err } = await run(file);
    expect(code, out).not.toBe(0);
    expect(err).toContain(PROGRAMS[file]?.[1]);
    expect(err).toContain(`src/${file} imports it\n${IMPORT}`);
    expect(err).toContain("code: 'REFUSED'");
  });

  it("refuses what an imported CommonJS file requires, and what a worker loads", async () => {
    expect((await run("through.js")).err).toContain("src/require.cjs imports it");
    expect((await run("worker.js")).out).toContain("src/static.js imports it");
  });

  it("refuses to run a banned package itself", async () => {
    const { code, err } = await project.runNode([...HOOK, "node_modules/docs/index.js"]);
    expect([code === 0, err.includes("was not loaded: the program itself")]).toEqual([false, true]);
  });

  it.each([
    ["", []],
    [" also when somebody imported them before", ["--import", "./src/early.js"]],
  ])("refuses every way to start a banned server%s", async (_, before) => {
    const { out, err } = await project.runNode([...before, ...HOOK, "src/spawns.js"]);
    const lines = out.trimEnd().split("\n");
    expect(lines, err).toHaveLength(11);
    for (const line of lines) {
      expect(line).toMatch(
        /^\w+ REFUSED (@upstash\/)?context7-mcp is banned from production and was not started: /,
      );
      expect(line).toContain("| mend: start the server from development tooling only");
    }
  });

  it("leaves everything else alone", async () => {
    const { code, out, err } = await run("fine.js");
    expect([code, out.split("\n")[0], err]).toEqual([0, "context7 is only a word object context7-mcp", ""]);
  });

  it("only warns, or does nothing, when it is told so", async () => {
    const warned = await run("alias.js", { GROWTH_ENGINE_RUNTIME: "warn" });
    expect(warned.code).toBe(0);
    expect(warned.err.match(/growth-engine: @upstash\/context7-mcp/g)).toHaveLength(1);
    expect(await run("alias.js", { GROWTH_ENGINE_RUNTIME: "off" })).toEqual({ code: 0, out: "", err: "" });
    const mistyped = await run("fine.js", { GROWTH_ENGINE_RUNTIME: "of" });
    expect([mistyped.code, mistyped.out]).toEqual([2, ""]);
    expect(mistyped.err).toBe(
      `growth-engine/runtime: GROWTH_ENGINE_RUNTIME is "of" [USAGE]\nmend: did you mean "off"?\n`,
    );
  });

  it("takes more packages from the config above, and does not start under a broken one", async () => {
    project.write("growth-engine.json", `{ "ban": { "packages": ["even*", "!context7-mcp"] } }`);
    const below = await project.runNode([...HOOK, "fine.js"], { cwd: `${project.folder}/src` });
    expect(below.err).toContain("evendetails is banned");
    expect((await run("static.js")).code).toBe(0);
    project.write("growth-engine.json", `{ "ban": { "package": [] } }`);
    const broken = await run("fine.js");
    expect([broken.code, broken.out]).toEqual([2, ""]);
    expect(broken.err).toMatch(
      /growth-engine\.json:1:12: unknown key "package" in "ban" \[CONFIG_INVALID\]\nmend: did/,
    );
    project.remove("growth-engine.json");
  });
});
