// Builds dist/: one CommonJS file per way in, and one per dynamic import of the source, loaded when reached.
// CommonJS because Node starts it faster than ES modules (docs/decisions/0002-commonjs-bundles.md).

import { rmSync } from "node:fs";
import { chmod, copyFile, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { contentsOf } from "./contents.mjs";
import { notices } from "./notices.mjs";
import { unpluginInside } from "./unplugin-inside.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const outdir = process.argv[2] ? resolve(process.argv[2]) : join(root, "dist");
const { version, dependencies } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
const ENTRIES = {
  cli: "src/entrypoints/cli/main.ts",
  bundler: "src/entrypoints/bundler/main.ts",
  "runtime-config": "src/entrypoints/runtime-config/main.ts",
};
/** Node prints the line that refused a module, so these keep lines that people can read. */
const RUNTIME = { runtime: "src/entrypoints/runtime/main.ts" };
/** Node would search a CommonJS file for the names that it exports, which takes longer than all the rest. */
const LOADER = { "runtime-loader": "src/entrypoints/runtime-loader/main.ts" };

/** `src/features/ban/commands.ts` → `features-ban-commands`. */
const chunkName = (file) => relative(join(root, "src"), file).replace(/\.ts$/, "").split(/[\\/]/).join("-");

const chunks = new Map();
const eachDynamicImportIsAFile = {
  name: "each-dynamic-import-is-a-file",
  setup({ onResolve }) {
    onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) => {
      if (kind !== "dynamic-import" || resolveDir.includes("node_modules")) return undefined;
      const file = resolve(resolveDir, path);
      chunks.set(chunkName(file), file);
      return { path: `./${chunkName(file)}.cjs`, external: true };
    });
  },
};

const temporary = `${outdir}.${process.pid}`;
await rm(temporary, { recursive: true, force: true });
await mkdir(temporary, { recursive: true });
const built = new Set();
const outputs = {};
process.on("exit", () => rmSync(temporary, { recursive: true, force: true }));
const filesOf = (entries) => Object.entries(entries).map(([name, file]) => [name, join(root, file)]);

async function bundle(entries, { format = "cjs", minifyWhitespace = true } = {}) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(entries),
    outdir: temporary,
    outExtension: { ".js": format === "cjs" ? ".cjs" : ".mjs" },
    bundle: true,
    platform: "node",
    // jsonc-parser's CommonJS build hides its parts from bundlers.
    mainFields: ["module", "main"],
    format,
    target: "node20.19",
    supported: { "dynamic-import": false },
    minifySyntax: true,
    minifyWhitespace,
    keepNames: true,
    legalComments: "none",
    metafile: true,
    external: Object.keys(dependencies),
    define: { GROWTH_ENGINE_VERSION: JSON.stringify(version) },
    plugins: [eachDynamicImportIsAFile, unpluginInside],
    logLevel: "warning",
  });
  Object.assign(outputs, metafile.outputs);
  for (const [name] of entries) built.add(name);
}

await bundle(filesOf(RUNTIME), { minifyWhitespace: false });
await bundle(filesOf(LOADER), { format: "esm", minifyWhitespace: false });
let waiting = filesOf(ENTRIES);
while (waiting.length > 0) {
  await bundle(waiting);
  waiting = [...chunks].filter(([name]) => !built.has(name));
}
const contents = contentsOf(outputs);
await writeFile(join(temporary, "contents.json"), `${JSON.stringify(contents, null, 2)}\n`);
await writeFile(join(temporary, "THIRD-PARTY-NOTICES.txt"), await notices(root, contents));
await copyFile(join(root, "src/entrypoints/bundler/bundler.d.cts"), join(temporary, "bundler.d.cts"));
const cli = join(temporary, "cli.cjs");
await writeFile(cli, `#!/usr/bin/env node\n${await readFile(cli, "utf8")}`);
await chmod(cli, 0o755);
await rm(outdir, { recursive: true, force: true });
await rename(temporary, outdir);
