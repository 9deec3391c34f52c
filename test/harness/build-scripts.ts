/**
 * A build script for each bundler, as a user would write one. `OPTIONS` are the plugin's; `EXTERNAL` names what is
 * left out of the bundle; `ENTRY` is the entry.
 */
const BEGIN = `
const { ENTRY = "./src/main.js", BUILD_MODE = "production" } = process.env;
const OPTIONS = JSON.parse(process.env.OPTIONS ?? "{}");
const EXTERNAL = process.env.EXTERNAL ? [process.env.EXTERNAL] : [];
`;

/** Rollup itself resolves no packages. */
const RESOLVE = `
const packages = {
  name: "packages",
  resolveId(source) {
    if (!/^[.\\0/]/.test(source) && !EXTERNAL.includes(source)) return import.meta.resolve(source).replace("file://", "");
    return null;
  },
};
`;

const compiler = (start: string) => `${start}
const config = {
  mode: BUILD_MODE, entry: ENTRY, context: import.meta.dirname, output: { path: import.meta.dirname + "/dist" },
  externals: Object.fromEntries(EXTERNAL.map((name) => [name, "commonjs " + name])), plugins: [plugin(OPTIONS)],
};
bundler(config).run((error, stats) => {
  if (error) throw error;
  console.error(stats.toString({ all: false, errors: true, warnings: true }));
  process.exitCode = stats.hasErrors() ? 1 : 0;
});
`;

/** Bundler → script that builds `src/main.js` into `dist`; it exits with a code other than 0 when the build fails. */
export const BUILD_SCRIPTS: Readonly<Record<string, string>> = {
  vite: `${BEGIN}
import { build } from "vite";
import { vite } from "growth-engine/bundler";
await build({
  configFile: false, logLevel: "warn", mode: BUILD_MODE, plugins: [vite(OPTIONS)],
  build: { rollupOptions: { input: ENTRY, external: EXTERNAL } },
});`,
  rollup: `${BEGIN}${RESOLVE}
import { rollup as run } from "rollup";
import { rollup } from "growth-engine/bundler";
const bundle = await run({ input: ENTRY, external: EXTERNAL, plugins: [packages, rollup(OPTIONS)] });
await bundle.write({ dir: "dist" });`,
  rolldown: `${BEGIN}
import { rolldown as run } from "rolldown";
import { rolldown } from "growth-engine/bundler";
const bundle = await run({ input: ENTRY, external: EXTERNAL, plugins: [rolldown(OPTIONS)] });
await bundle.write({ dir: "dist" });`,
  webpack: compiler(`${BEGIN}
import bundler from "webpack";
import { webpack as plugin } from "growth-engine/bundler";`),
  rspack: compiler(`${BEGIN}
import { rspack as bundler } from "@rspack/core";
import { rspack as plugin } from "growth-engine/bundler";`),
  esbuild: `${BEGIN}
import { build } from "esbuild";
import { esbuild } from "growth-engine/bundler";
await build({
  entryPoints: [ENTRY], outdir: "dist", bundle: true, minify: true, format: "esm", splitting: true,
  external: EXTERNAL, plugins: [esbuild(OPTIONS)],
  define: { "process.env.NODE_ENV": JSON.stringify(BUILD_MODE) },
});`,
};

/** The packages that the scripts import. */
export const BUILD_TOOLS = ["vite", "rollup", "rolldown", "webpack", "@rspack/core", "esbuild"];
