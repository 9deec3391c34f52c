import type { Plugin as RolldownPlugin } from "rolldown";
import type { Plugin as RollupPlugin } from "rollup";
import { createUnplugin, createVitePlugin, type UnpluginFactory } from "unplugin";
import type { Plugin as VitePlugin } from "vite";
import type { Compiler } from "webpack";
import { PLUGIN } from "./build-watch.ts";
import type * as Published from "./bundler.d.cts";
import { hookCompiler } from "./hook-compiler.ts";
import { hookEsbuild } from "./hook-esbuild.ts";
import { hookRollup, watchesOrDevelops } from "./hook-rollup.ts";
import { hookVite } from "./hook-vite.ts";
import { readOptions } from "./options.ts";

/**
 * unplugin gives each bundler the plugin shape that it takes. Its shared hooks see modules come in, not what ends up
 * in the output, so each bundler is asked through hooks of its own.
 */
const hooksOf: UnpluginFactory<Published.GrowthEngineOptions | undefined, false> = (given) => {
  const options = readOptions(given);
  const root = () => process.cwd();
  const hooks = (bundler: string) => hookRollup(options, { bundler, root, isDevelopment: watchesOrDevelops });
  return {
    name: PLUGIN,
    vite: hookVite(options, () => createVitePlugin(hooksOf)(given) as VitePlugin),
    rollup: hooks("rollup") as Partial<RollupPlugin>,
    rolldown: hooks("rolldown") as Partial<RolldownPlugin>,
    webpack: (compiler) => hookCompiler(compiler, "webpack", options),
    // Rspack's compiler has the hooks of webpack's that are used here, under types of its own.
    rspack: (compiler) => hookCompiler(compiler as unknown as Compiler, "rspack", options),
    esbuild: { setup: (build) => hookEsbuild(build, options) },
  };
};

/** The types are written by hand, so that using them takes none of the bundlers. */
const published = createUnplugin(hooksOf) as unknown as typeof Published;

/** The plugin for each bundler: `vite({ development: "block" })`. */
export const { vite, rollup, rolldown, webpack, rspack, esbuild } = published;
