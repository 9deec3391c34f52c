/** One module of a build, as its bundler knows it. */
export interface BuildModule {
  /** The bundler's name for it, unique in the build. */
  id: string;
  /** Absolute path of its file; null for what a plugin made up and for externals. */
  file: string | null;
  /** What importers write, of a module that is left out of the output and loaded when it runs; else null. */
  external: string | null;
  isEntry: boolean;
  /** Did any of it, or the import of it, end up in the output? */
  isIncluded: boolean;
  /** Ids of what it imports, statically or when it runs, also through re-exports. */
  imports: readonly string[];
}

/** The modules of one build by id. */
export type BuildGraph = ReadonlyMap<string, BuildModule>;

/** The file in a bundler's module id: without the mark of a made-up module, without a query. Null when it has none. */
export function fileOfId(id: string): string | null {
  const path = id.replace(/^\0?(?:[\w-]{2,}:(?=\/))?/, "").replace(/[?#][^/\\]*$/, "");
  return /^(?:\/|[A-Za-z]:[\\/])/.test(path) ? path : null;
}
