import { type BuildBan, type BuildModule, type BuildOutput, fileOfId } from "../../features/ban/index.ts";
import { openBan, watchBuild } from "./build-watch.ts";
import type { GrowthEngineOptions } from "./bundler.d.cts";

/** What Rollup, Rolldown and Vite all tell a plugin about a module. */
interface ModuleInfo {
  isEntry: boolean;
  /** Rollup alone knows. */
  isIncluded?: boolean | null;
  importedIds: readonly string[];
  dynamicallyImportedIds: readonly string[];
}

/** What these bundlers hand to a hook as `this`. */
export interface RollupContext {
  meta: { watchMode: boolean };
  getModuleIds(): Iterable<string>;
  getModuleInfo(id: string): ModuleInfo | null;
  error(error: { message: string; stack: string }): never;
  warn(text: string): void;
}

/** One file of the output, chunk or asset. */
interface OutputFile {
  type: "chunk" | "asset";
  code?: string;
  source?: string | Uint8Array;
  moduleIds?: readonly string[];
  imports?: readonly string[];
  dynamicImports?: readonly string[];
}
export type Bundle = Readonly<Record<string, OutputFile>>;

const SEARCHED = /\.(?:[cm]?jsx?|map)$/i;

/** Ids of the modules in the chunks, and of what the chunks import from outside. */
function idsIn(bundle: Bundle): { modules: Set<string>; externals: Set<string> } {
  const modules = new Set<string>();
  const externals = new Set<string>();
  for (const { moduleIds = [], imports = [], dynamicImports = [] } of Object.values(bundle)) {
    for (const id of moduleIds) modules.add(id);
    for (const id of [...imports, ...dynamicImports]) if (!Object.hasOwn(bundle, id)) externals.add(id);
  }
  return { modules, externals };
}

function readGraph(context: RollupContext, bundle: Bundle): Map<string, BuildModule> {
  const { modules, externals } = idsIn(bundle);
  const graph = new Map<string, BuildModule>();
  for (const id of new Set([...context.getModuleIds(), ...externals])) {
    const info = context.getModuleInfo(id);
    const isExternal = externals.has(id);
    graph.set(id, {
      id,
      file: isExternal ? null : fileOfId(id),
      external: isExternal ? id : null,
      isEntry: info?.isEntry ?? false,
      isIncluded: isExternal || (modules.has(id) && info?.isIncluded !== false),
      imports: info === null ? [] : [...info.importedIds, ...info.dynamicallyImportedIds],
    });
  }
  return graph;
}

function* outputsOf(bundle: Bundle): Generator<BuildOutput> {
  for (const [path, { code, source }] of Object.entries(bundle)) {
    if (code === undefined && !SEARCHED.test(path)) continue;
    const text = code ?? (typeof source === "string" ? source : new TextDecoder().decode(source));
    yield { path, text };
  }
}

/** What differs between Rollup, Rolldown and Vite. */
export interface RollupKind {
  bundler: string;
  /** Absolute path of what is built. */
  root(): string;
  /** Is this build a development one? */
  isDevelopment(context: RollupContext): boolean;
}

/** Rollup and Rolldown have no mode: watching is development, and so is `NODE_ENV=development`. */
export function watchesOrDevelops({ meta }: RollupContext): boolean {
  return meta.watchMode || process.env.NODE_ENV === "development";
}

/** Hooks for Rollup and its kin. The last one before files are written, so that a build which fails writes none. */
export function hookRollup(options: Required<GrowthEngineOptions>, kind: RollupKind) {
  let ban: BuildBan | undefined;
  return {
    buildStart(): void {
      ban = openBan(kind.root());
    },
    generateBundle: {
      order: "post" as const,
      async handler(this: RollupContext, _: unknown, bundle: Bundle): Promise<void> {
        await watchBuild(ban ?? openBan(kind.root()), options, {
          bundler: kind.bundler,
          isDevelopment: kind.isDevelopment(this),
          graph: readGraph(this, bundle),
          outputs: () => outputsOf(bundle),
          // Where the plugin stands in the bundler's stack helps nobody.
          fail: (message) => this.error({ message, stack: "" }),
          warn: (text) => this.warn(text),
        });
      },
    },
  };
}
