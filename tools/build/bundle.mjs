// One CommonJS file per way in, and one per dynamic import of the source, loaded when reached. A `require` of another
// way in, for what must be there at once, leads to that one's file.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, relative, resolve } from "node:path";
import { build } from "esbuild";
import { unpluginInside } from "./unplugin-inside.mjs";

/** `src/features/ban/commands.ts` → `features-ban-commands`. */
const chunkName = (root, file) =>
  relative(join(root, "src"), file).replace(/\.ts$/, "").split(/[\\/]/).join("-");

/** @param {Map<string, string>} entries source file → name of its built file */
function eachDynamicImportIsAFile(root, chunks, entries) {
  return {
    name: "each-dynamic-import-is-a-file",
    setup({ onResolve }) {
      onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) => {
        if (resolveDir.includes("node_modules")) return undefined;
        const file = resolve(resolveDir, path);
        if (kind === "require-call" && entries.has(file))
          return { path: `./${entries.get(file)}.cjs`, external: true };
        if (kind !== "dynamic-import") return undefined;
        const name = chunkName(root, file);
        chunks.set(name, file);
        return { path: `./${name}.cjs`, external: true };
      });
    },
  };
}

/** A small part of a package that is installed beside us, and takes a module loader of its own to load there. */
const wrapperInside = {
  name: "wrapper-inside",
  setup({ onResolve }) {
    const require = createRequire(import.meta.url);
    onResolve({ filter: /^oxc-parser\/src-js\/wrap\.js$/ }, ({ path }) => ({ path: require.resolve(path) }));
  },
};

const GLOBS = /[\\/]platform[\\/]globs[\\/]index\.ts$/;
const PICOMATCH = 'import picomatch from "picomatch";';

/**
 * One file for picomatch, loaded for the first glob that is not simple: loading it takes longer than most matching, and
 * half of all files would hold it.
 */
const picomatchIsAFile = (chunks, isWhole) => ({
  name: "picomatch-is-a-file",
  setup({ onLoad, onResolve }) {
    const require = createRequire(import.meta.url);
    onLoad({ filter: GLOBS }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      if (!source.includes(PICOMATCH))
        throw new Error(`${path} takes picomatch otherwise: mend tools/build/bundle.mjs`);
      const lazy = 'const picomatch = { makeRe: (...asked) => require("picomatch").makeRe(...asked) };';
      return { contents: source.replace(PICOMATCH, lazy), loader: "ts" };
    });
    onResolve({ filter: /^picomatch$/ }, ({ kind, importer }) => {
      if (isWhole || kind !== "require-call" || !GLOBS.test(importer)) return undefined;
      chunks.set("picomatch", require.resolve("picomatch"));
      return { path: "./picomatch.cjs", external: true };
    });
  },
});

const BANNED = /[\\/]features[\\/]ban[\\/]banned-packages\.ts$/;
const NAME = /^ {2}"([^"\n]+)":/gm;

/**
 * Writes the built-in names as numbers. A repository that vendors the built files would else hold the banned names in
 * large minified code, and each of its scans would parse all of that to find that nothing is imported.
 */
const bannedNamesAreSpelled = {
  name: "banned-names-are-spelled",
  setup({ onLoad }) {
    onLoad({ filter: BANNED }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      if (source.search(NAME) < 0)
        throw new Error(`${path} lists no names any more: mend tools/build/bundle.mjs`);
      const spelled = (name) => `Buffer.from([${[...Buffer.from(name)]}]).toString()`;
      const names = [...source.matchAll(NAME)].map(([, name]) => name);
      const keys = source.replace(NAME, (_, name) => `  [${spelled(name)}]:`);
      const contents = names.reduce((text, name) => text.replaceAll(`"${name}"`, () => spelled(name)), keys);
      return { contents, loader: "ts" };
    });
  },
};

/**
 * Bundles entries (name → file below `root`) into `outdir`, each group of them in its own way.
 * @param {{ entries: Record<string, string>, format?: "cjs" | "esm", minifyWhitespace?: boolean, isWhole?: boolean }[]} groups
 * `isWhole`: nothing of it lies in another file but what it imports when it must
 * @returns esbuild's account of the written files
 */
export async function bundle({ root, outdir, groups, external, define }) {
  const chunks = new Map();
  const built = new Set();
  const outputs = {};
  const named = groups.flatMap(({ entries }) => Object.entries(entries));
  const waysIn = new Map(named.map(([name, file]) => [join(root, file), name]));
  const bundleGroup = async (entries, how = {}) => {
    const { format = "cjs", minifyWhitespace = true, isWhole = false } = how;
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: Object.fromEntries(entries),
      outdir,
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
      // Node reads a file whole before it runs any of it, so each letter counts; functions keep their names in traces.
      minifyIdentifiers: minifyWhitespace,
      keepNames: true,
      legalComments: "none",
      metafile: true,
      external,
      // In CommonJS the folder of a file goes by this name.
      define: { ...define, ...(format === "esm" ? {} : { "import.meta.dirname": "__dirname" }) },
      plugins: [
        eachDynamicImportIsAFile(root, chunks, waysIn),
        unpluginInside,
        wrapperInside,
        bannedNamesAreSpelled,
        // A module cannot wait for a file that it requires.
        ...(format === "cjs" ? [picomatchIsAFile(chunks, isWhole)] : []),
      ],
      logLevel: "warning",
    });
    Object.assign(outputs, metafile.outputs);
    for (const [name] of entries) built.add(name);
  };
  for (const { entries, ...how } of groups) {
    await bundleGroup(
      Object.entries(entries).map(([name, file]) => [name, join(root, file)]),
      how,
    );
  }
  for (let waiting = [...chunks]; waiting.length > 0; ) {
    await bundleGroup(waiting);
    waiting = [...chunks].filter(([name]) => !built.has(name));
  }
  return outputs;
}
