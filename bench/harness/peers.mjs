import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { versionOf } from "./report.mjs";
import { ROOT, workFolder } from "./work-folder.mjs";

/** Installed when a benchmark first runs; no dependencies of the product. */
const PINNED = { "rev-dep": "2.19.1", oxlint: "1.94.0" };

/** Folder of the peers' packages. */
function installPeers() {
  const folder = workFolder("peers");
  const manifest = `${JSON.stringify({ private: true, dependencies: PINNED }, null, 2)}\n`;
  const wanted = join(folder, "package.json");
  const isThere = Object.keys(PINNED).every((name) => existsSync(join(folder, "node_modules", name)));
  if (!isThere) {
    writeFileSync(wanted, manifest);
    execFileSync("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts"], {
      cwd: folder,
      stdio: ["ignore", "ignore", "inherit"],
      shell: process.platform === "win32",
    });
  }
  return join(folder, "node_modules");
}

/** The commands to compare with; null where one is not to be had here. */
export function findPeers() {
  const modules = installPeers();
  const revDep = join(modules, `@rev-dep/${process.platform}-${process.arch}/bin/rev-dep`);
  return {
    revDep: existsSync(revDep) ? revDep : null,
    oxlint: join(modules, "oxlint/bin/oxlint"),
    cruiser: join(ROOT, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs"),
    rg: versionOf("rg") === null ? null : "rg",
    versions: {
      ...PINNED,
      "dependency-cruiser": versionOf(process.execPath, [
        join(ROOT, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs"),
        "--version",
      ]),
      rg: versionOf("rg"),
    },
  };
}
