import { readFile } from "node:fs/promises";
import { isAbsolute, relative, resolve } from "node:path";
import type { BuildResult, Metafile, PluginBuild } from "esbuild";
import { type BuildModule, type BuildOutput, fileOfId } from "../../features/ban/index.ts";
import { openBan, PLUGIN, watchBuild } from "./build-watch.ts";
import type { GrowthEngineOptions } from "./bundler.d.cts";

const SEARCHED = /\.(?:[cm]?jsx?|map)$/i;

const QUIET = new Set(["silent", "error"]);

interface InOutput {
  modules: Set<string>;
  externals: Set<string>;
  entries: Set<string>;
}

function idsIn({ outputs }: Metafile): InOutput {
  const found: InOutput = { modules: new Set(), externals: new Set(), entries: new Set() };
  for (const { inputs, imports, entryPoint } of Object.values(outputs)) {
    for (const id of Object.keys(inputs)) found.modules.add(id);
    for (const { path, external } of imports) if (external) found.externals.add(path);
    if (entryPoint !== undefined) found.entries.add(entryPoint);
  }
  return found;
}

/** Inputs are named relative to the working folder; those of plugins begin with their namespace. */
function fileOf(id: string, root: string): string | null {
  return /^[\w-]{2,}:/.test(id) ? null : fileOfId(isAbsolute(id) ? id : resolve(root, id));
}

function readGraph(metafile: Metafile, root: string): Map<string, BuildModule> {
  const { modules, externals, entries } = idsIn(metafile);
  const graph = new Map<string, BuildModule>();
  for (const [id, { imports }] of Object.entries(metafile.inputs)) {
    graph.set(id, {
      id,
      file: fileOf(id, root),
      external: null,
      isEntry: entries.has(id),
      isIncluded: modules.has(id),
      imports: imports.map(({ path, external }) => (external ? `external:${path}` : path)),
    });
  }
  const without = { file: null, isEntry: false, isIncluded: true, imports: [] };
  for (const path of externals) {
    const id = `external:${path}`;
    graph.set(id, { ...without, id, external: path });
  }
  return graph;
}

/** esbuild has written its files by now, unless it was asked to hand them over. */
async function* outputsOf({ metafile, outputFiles }: BuildResult, root: string): AsyncGenerator<BuildOutput> {
  for (const path of Object.keys(metafile?.outputs ?? {}).filter((name) => SEARCHED.test(name))) {
    const file = resolve(root, path);
    const given = outputFiles?.find((output) => output.path === file);
    yield { path: relative(root, file), text: given?.text ?? (await readFile(file, "utf8")) };
  }
}

/** esbuild has no mode: development is what defines `NODE_ENV` so, or runs under it. */
function isDevelopment({ initialOptions }: PluginBuild): boolean {
  const defined = initialOptions.define?.["process.env.NODE_ENV"];
  return (defined?.replace(/^["']|["']$/g, "") ?? process.env.NODE_ENV) === "development";
}

/** Hooks into esbuild, which tells after the build what went into it. */
export function hookEsbuild(build: PluginBuild, options: Required<GrowthEngineOptions>): void {
  build.initialOptions.metafile = true;
  const root = resolve(build.initialOptions.absWorkingDir ?? process.cwd());
  let ban = openBan(root);
  build.onStart(() => {
    ban = openBan(root);
  });
  build.onEnd(async (result) => {
    const { metafile } = result;
    if (metafile === undefined || result.errors.length > 0) return {};
    const errors: string[] = [];
    const warnings: string[] = [];
    await watchBuild(ban, options, {
      bundler: "esbuild",
      isDevelopment: isDevelopment(build),
      graph: readGraph(metafile, root),
      outputs: () => outputsOf(result, root),
      fail: (text) => void errors.push(text),
      warn: (text) => void warnings.push(text),
    });
    // esbuild prints what goes wrong while it builds, and only hands over what a plugin says afterwards; an error
    // rejects the build, but nobody would see a warning.
    if (!QUIET.has(build.initialOptions.logLevel ?? ""))
      for (const text of warnings) process.stderr.write(text);
    const messages = (texts: string[]) => texts.map((text) => ({ pluginName: PLUGIN, text }));
    return { errors: messages(errors), warnings: messages(warnings) };
  });
}
