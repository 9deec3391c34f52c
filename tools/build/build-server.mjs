// Builds server/dist: the control plane in one file, CommonJS as all the rest. Its packages stay beside it.
import { copyFile, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { contentsOf } from "./contents.mjs";
import { notices } from "./notices.mjs";

/** @param {string} root the repository's folder */
export async function buildServer(root, define) {
  const { dependencies } = JSON.parse(await readFile(join(root, "server/package.json"), "utf8"));
  const outdir = join(root, "server/dist");
  await rm(outdir, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { server: "src/entrypoints/server/main.ts" },
    outdir,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    // As in bundle.mjs.
    mainFields: ["module", "main"],
    metafile: true,
    format: "cjs",
    target: "node20.19",
    legalComments: "none",
    external: Object.keys(dependencies),
    loader: { ".sql": "text", ".proto": "text" },
    define: { ...define, "import.meta.dirname": "__dirname" },
    logLevel: "warning",
  });
  const text = await notices(root, contentsOf(metafile.outputs));
  await writeFile(join(outdir, "THIRD-PARTY-NOTICES.txt"), text);
  for (const page of ["LICENSE", "NOTICE"]) await copyFile(join(root, page), join(root, "server", page));
}
