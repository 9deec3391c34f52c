// Builds server/dist: the control plane in one file, CommonJS as all the rest. Its packages stay beside it.
import { copyFile, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

/** @param {string} root the repository's folder */
export async function buildServer(root, define) {
  const { dependencies } = JSON.parse(await readFile(join(root, "server/package.json"), "utf8"));
  const outdir = join(root, "server/dist");
  await rm(outdir, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: { server: "src/entrypoints/server/main.ts" },
    outdir,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20.19",
    legalComments: "none",
    external: Object.keys(dependencies),
    loader: { ".sql": "text" },
    define: { ...define, "import.meta.dirname": "__dirname" },
    logLevel: "warning",
  });
  for (const page of ["LICENSE", "NOTICE"]) await copyFile(join(root, page), join(root, "server", page));
}
