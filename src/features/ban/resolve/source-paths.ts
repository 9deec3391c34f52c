const OUTPUT =
  /^(?:dist|build|lib|out|output|es|esm|cjs|umd|types|typings|commonjs|module|node|browser|bundle|modern|legacy|prod|production|development|(?:\.?dist|build|lib|out)[-_.].+|\.build|\.output|_build)$/;
/** Folders that hold nothing but what a build writes, as an expression; `lib` and the like may hold sources too. */
export const BUILD_FOLDER = "([.]?(dist|build|out|output)|_build)([-_.][a-zA-Z0-9_.-]*)?";
const IN_BUILD = new RegExp(`^(${BUILD_FOLDER})(?=/|$)`);
const BUILT_EXTENSION = /(?:\.d\.[cm]?ts|\.[cm]?jsx?|\.[cm]?tsx?)$/;
const FLAVOUR = /\.(?:min|cjs|esm|es|umd|mjs|prod|production|development|browser|node|modern|module|common)$/;
const SOURCE_FOLDERS = ["src/", "source/", "lib/", "app/", ""];

/** Where a compiler says that it writes, and what it reads. */
export interface OutputFolder {
  outDir: string;
  rootDir: string | null;
}

function startsIn(path: string, folder: string): boolean {
  return folder !== "" && path.startsWith(`${folder}/`);
}

/**
 * Paths (without extension, from the package's folder) at which the source of a built file can lie, likeliest
 * first: `dist/esm/a/index.js` → `src/a/index`, …
 */
export function sourcePaths(target: string, outputs: readonly OutputFolder[] = []): string[] {
  const path = target.replace(/^\.\//, "");
  const bare = path.replace(BUILT_EXTENSION, "");
  const stems = [...new Set([bare, bare.replace(FLAVOUR, "")])];
  const found: string[] = [];
  for (const stem of stems) {
    for (const { outDir, rootDir } of outputs) {
      if (!startsIn(stem, outDir)) continue;
      const rest = stem.slice(outDir.length + 1);
      for (const root of rootDir === null ? ["src/", ""] : [rootDir === "" ? "" : `${rootDir}/`])
        found.push(root + rest);
    }
    const segments = stem.split("/");
    while (segments.length > 1 && OUTPUT.test(segments[0] ?? "")) {
      segments.shift();
      found.push(...SOURCE_FOLDERS.map((folder) => folder + segments.join("/")));
    }
  }
  return [...new Set(found)];
}

/** The folder of a build's output in which a path of a package lies, or null. */
export function buildFolderOf(path: string): string | null {
  return IN_BUILD.exec(path)?.[1] ?? null;
}

/** Where the entry of a package lies when its manifest names only what a bundler will write. */
export function fallbackPaths(subpath: string, name: string | null): string[] {
  const last = (name ?? "").split("/").at(-1) ?? "";
  if (subpath === ".")
    return ["src/index", "index", "src/main", "lib/index", "main", ...(last ? [`src/${last}`] : [])];
  const inner = subpath.replace(/^\.\//, "").replace(BUILT_EXTENSION, "");
  return [`src/${inner}`, `src/${inner}/index`, `lib/${inner}`, inner, `${inner}/index`];
}
