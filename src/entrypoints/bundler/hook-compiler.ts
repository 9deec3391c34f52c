import type { Compilation, Compiler, Module } from "webpack";
import { type BuildModule, type BuildOutput, fileOfId } from "../../features/ban/index.ts";
import { openBan, PLUGIN, watchBuild } from "./build-watch.ts";
import type { GrowthEngineOptions } from "./bundler.d.cts";

const SEARCHED = /\.(?:[cm]?jsx?|map)$/i;
/** After minifiers and source maps, which come at 400 and 500. */
const LAST_STAGE = 10_000;

/** Both name an external by its kind and its request: `external commonjs "context7-mcp"`. */
function externalOf(module: Module): string | null {
  if (!module.identifier().startsWith("external ")) return null;
  return (module as Module & { userRequest?: string }).userRequest ?? module.identifier();
}

function readModule(module: Module, { moduleGraph }: Compilation): BuildModule {
  const targets = [...moduleGraph.getOutgoingConnections(module)].map((connection) => connection.module);
  const external = externalOf(module);
  return {
    id: module.identifier(),
    file: external === null ? fileOfId(module.nameForCondition() ?? "") : null,
    external,
    isEntry: false,
    isIncluded: false,
    imports: targets.filter((target) => target != null).map((target) => target.identifier()),
  };
}

function entriesOf({ entries, moduleGraph }: Compilation): Set<string> {
  const dependencies = [...entries.values()].flatMap(({ dependencies: own, includeDependencies: added }) => [
    ...own,
    ...added,
  ]);
  return new Set(dependencies.flatMap((dependency) => moduleGraph.getModule(dependency)?.identifier() ?? []));
}

/** Before anything is optimised, connections are the import statements that somebody wrote. */
function readGraph(compilation: Compilation): Map<string, BuildModule> {
  const entries = entriesOf(compilation);
  const graph = new Map<string, BuildModule>();
  for (const module of compilation.modules) {
    const read = readModule(module, compilation);
    graph.set(read.id, { ...read, isEntry: entries.has(read.id) });
  }
  return graph;
}

/** Once chunks are known, and before modules are joined into one: what is in no chunk did not end up in the build. */
function markIncluded(graph: Map<string, BuildModule>, { modules, chunkGraph }: Compilation): void {
  for (const module of modules) {
    const known = graph.get(module.identifier());
    if (known && [...chunkGraph.getModuleChunks(module)].length > 0)
      graph.set(known.id, { ...known, isIncluded: true });
  }
}

function* outputsOf(assets: Compilation["assets"]): Generator<BuildOutput> {
  for (const [path, source] of Object.entries(assets)) {
    if (SEARCHED.test(path.replace(/\?.*$/, ""))) yield { path, text: String(source.source()) };
  }
}

function report(text: string): Error {
  const error = new Error(text);
  error.name = "GrowthEngineError";
  return error;
}

/** Hooks into webpack, and into Rspack, which has these hooks of it. Child compilations are not the build itself. */
export function hookCompiler(
  compiler: Compiler,
  bundler: string,
  options: Required<GrowthEngineOptions>,
): void {
  const isDevelopment = compiler.options.mode === "development";
  compiler.hooks.thisCompilation.tap(PLUGIN, (compilation) => {
    const ban = openBan(compiler.context);
    let graph = new Map<string, BuildModule>();
    compilation.hooks.finishModules.tap(PLUGIN, () => {
      graph = readGraph(compilation);
    });
    compilation.hooks.afterOptimizeModules.tap(PLUGIN, () => markIncluded(graph, compilation));
    compilation.hooks.processAssets.tapPromise({ name: PLUGIN, stage: LAST_STAGE }, (assets) =>
      watchBuild(ban, options, {
        bundler,
        isDevelopment,
        graph,
        outputs: () => outputsOf(assets),
        fail: (text) => void compilation.errors.push(report(text) as never),
        warn: (text) => void compilation.warnings.push(report(text) as never),
      }),
    );
  });
}
