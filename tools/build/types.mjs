// Writes the type declarations of the library into dist/: one file, nothing in it but what the index exports and needs.
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { generateDtsBundle } from "dts-bundle-generator";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const outdir = process.argv[2] ? resolve(process.argv[2]) : join(root, "dist");
const ENTRIES = { library: "src/entrypoints/library/index.ts" };

const names = Object.keys(ENTRIES);
const texts = generateDtsBundle(
  Object.values(ENTRIES).map((file) => ({
    filePath: join(root, file),
    // A journey compiles against the result.
    noCheck: true,
    output: { noBanner: true, exportReferencedTypes: false, sortNodes: true },
  })),
  { preferredConfigPath: join(root, "tools/build/tsconfig.types.json") },
);
await mkdir(outdir, { recursive: true });
for (const [index, name] of names.entries()) await writeFile(join(outdir, `${name}.d.cts`), texts[index]);
