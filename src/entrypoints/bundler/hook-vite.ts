import { dirname } from "node:path";
import type { Plugin, ResolvedConfig } from "vite";
import { type BuildBan, fileOfId } from "../../features/ban/index.ts";
import { openBan, watchBuild } from "./build-watch.ts";
import type { GrowthEngineOptions } from "./bundler.d.cts";
import { hookRollup } from "./hook-rollup.ts";

/** The development server bundles nothing, so imports are judged one by one as they are resolved. */
function hookServer(options: Required<GrowthEngineOptions>, root: () => string) {
  let ban: BuildBan | undefined;
  const said = new Set<string>();
  return async (source: string, importer: string, warn: (text: string) => void): Promise<void> => {
    const file = fileOfId(importer);
    if (file === null || options.development === "off") return;
    ban ??= openBan(root());
    if (ban.ofSpecifier(source, dirname(file)) === null) return;
    if (options.development === "warn" && said.has(`${importer}\0${source}`)) return;
    said.add(`${importer}\0${source}`);
    const module = { file: null, external: null, isEntry: false, isIncluded: true, imports: [] };
    const graph = new Map([
      [importer, { ...module, id: importer, file, isEntry: true, imports: [source] }],
      [source, { ...module, id: source, external: source }],
    ]);
    await watchBuild(ban, options, {
      bundler: "vite",
      isDevelopment: true,
      graph,
      outputs: () => [],
      warn,
      fail: (text) => {
        throw new Error(text);
      },
    });
  };
}

/** Hooks into Vite: its builds are Rollup's or Rolldown's; workers are built apart, with plugins of their own. */
export function hookVite(options: Required<GrowthEngineOptions>, self: () => Plugin): Partial<Plugin> {
  let config: ResolvedConfig | undefined;
  const root = () => config?.root ?? process.cwd();
  const build = hookRollup(options, {
    bundler: "vite",
    root,
    isDevelopment: () => config?.command !== "build" || config.mode === "development",
  });
  const judgeImport = hookServer(options, root);
  return {
    enforce: "pre",
    // Vite puts these beside the worker plugins that are there.
    config: () => ({ worker: { plugins: () => [self()] } }),
    configResolved(resolved) {
      config = resolved;
    },
    buildStart: build.buildStart,
    generateBundle: build.generateBundle as NonNullable<Plugin["generateBundle"]>,
    async resolveId(source, importer) {
      if (config?.command === "serve" && importer !== undefined)
        await judgeImport(source, importer, (text) => this.warn(text));
      return null;
    },
  };
}
