// Builds dist/, which leans on the installed native packages, and dist/portable/, which leans on nothing but Node
// (docs/decisions/0012-portable-build-and-action.md). CommonJS because Node starts it faster than ES modules
// (docs/decisions/0002-commonjs-bundles.md).

import { rmSync } from "node:fs";
import { chmod, copyFile, cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { buildServer } from "./build-server.mjs";
import { bundle } from "./bundle.mjs";
import { contentsOf } from "./contents.mjs";
import { notices } from "./notices.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const outdir = process.argv[2] ? resolve(process.argv[2]) : join(root, "dist");
// The folder is replaced whole.
if (!relative(outdir, root).startsWith(".."))
  throw new Error(`${outdir} holds the source: name another folder`);
const { version, dependencies } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
const define = { GROWTH_ENGINE_VERSION: JSON.stringify(version), GROWTH_ENGINE_PORTABLE: "undefined" };
const CLI = { cli: "src/entrypoints/cli/main.ts" };
/** What settings of agents name: the shortest way to a line. */
const HOOK = { hook: "src/entrypoints/hook/main.ts" };
const ACTION = { action: "src/entrypoints/action/main.ts" };
const LIBRARY = { library: "src/entrypoints/library/index.ts" };
const PLUGIN = {
  bundler: "src/entrypoints/bundler/main.ts",
  "runtime-config": "src/entrypoints/runtime-config/main.ts",
};
/** What a second thread of `evidence verify` runs. */
const THREAD = { "evidence-thread": "src/entrypoints/evidence-thread/main.ts" };
/** What writes down what the recording proxy saw, beside it. */
const RECORDER = { "proxy-recorder": "src/entrypoints/proxy-recorder/main.ts" };
/** Node prints the line that refused a module, so these keep lines that people can read. */
const RUNTIME = { runtime: "src/entrypoints/runtime/main.ts" };
/** Node would search a CommonJS file for the names that it exports, which takes longer than all the rest. */
const LOADER = { "runtime-loader": "src/entrypoints/runtime-loader/main.ts" };
/** What `run` hands to test runners, which load it into processes of their own. */
const REPORTERS = {
  "runner-totals": "src/entrypoints/runner-totals/main.ts",
  "node-totals": "src/entrypoints/node-totals/main.ts",
  "node-usual": "src/entrypoints/node-usual/main.ts",
};
/** What stands beside the built files of the portable folder, so that it can be copied into any repository. */
const BESIDE = {
  "node_modules/oxc-parser/parser.wasm32-wasip1.wasm": "parser.wasm",
  "schema/growth-engine.schema.json": "growth-engine.schema.json",
  "action.yml": "action.yml",
  LICENSE: "LICENSE",
  NOTICE: "NOTICE",
};
/** What `init` hands out; it runs from the portable folder too. */
const TEMPLATES = "templates";

async function finish(folder, outputs) {
  const contents = contentsOf(outputs);
  await writeFile(join(folder, "contents.json"), `${JSON.stringify(contents, null, 2)}\n`);
  await writeFile(join(folder, "THIRD-PARTY-NOTICES.txt"), await notices(root, contents));
  const cli = join(folder, "cli.cjs");
  await writeFile(cli, `#!/usr/bin/env node\n${await readFile(cli, "utf8")}`);
  await chmod(cli, 0o755);
}

async function buildInstalled(folder) {
  const groups = [
    { entries: RUNTIME, minifyWhitespace: false, isWhole: true },
    { entries: LOADER, format: "esm", minifyWhitespace: false },
    { entries: REPORTERS, format: "esm" },
    { entries: { ...CLI, ...HOOK, ...LIBRARY, ...PLUGIN, ...THREAD, ...RECORDER } },
  ];
  const external = Object.keys(dependencies);
  await copyFile(join(root, "src/entrypoints/bundler/bundler.d.cts"), join(folder, "bundler.d.cts"));
  await finish(folder, await bundle({ root, outdir: folder, groups, external, define }));
}

async function buildPortable(folder) {
  const groups = [
    { entries: REPORTERS, format: "esm" },
    { entries: { ...CLI, ...HOOK, ...ACTION, ...THREAD } },
  ];
  const portable = { ...define, GROWTH_ENGINE_PORTABLE: "true" };
  const outputs = await bundle({ root, outdir: folder, groups, external: [], define: portable });
  for (const [from, to] of Object.entries(BESIDE)) await copyFile(join(root, from), join(folder, to));
  await cp(join(root, TEMPLATES), join(folder, TEMPLATES), { recursive: true });
  await finish(folder, outputs);
}

const temporary = `${outdir}.${process.pid}`;
process.on("exit", () => rmSync(temporary, { recursive: true, force: true }));
await rm(temporary, { recursive: true, force: true });
await mkdir(join(temporary, "portable"), { recursive: true });
await Promise.all([buildInstalled(temporary), buildPortable(join(temporary, "portable"))]);
await rm(outdir, { recursive: true, force: true });
await rename(temporary, outdir);
// Only beside the installed build of this repository; a build elsewhere is for trying the repository half.
if (outdir === join(root, "dist")) await buildServer(root, define);
