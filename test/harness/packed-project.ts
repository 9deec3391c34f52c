import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { cliFile } from "./cli-file.ts";
import { temporaryFolder } from "./temporary-repository.ts";

const PROJECT = join(import.meta.dirname, "../..");
const NPM = { encoding: "utf8", shell: process.platform === "win32" } as const;

/** What `npm pack` makes of the files that were built for the tests, type declarations included when asked. */
function pack(withTypes: boolean): string {
  const stage = temporaryFolder();
  const manifest = JSON.parse(readFileSync(join(PROJECT, "package.json"), "utf8"));
  for (const name of ["package.json", "README.md", "LICENSE", ...manifest.files]) {
    if (name !== "dist" && !name.startsWith("!"))
      cpSync(join(PROJECT, name), join(stage, name), { recursive: true });
  }
  cpSync(dirname(cliFile()), join(stage, "dist"), { recursive: true });
  const types = join(PROJECT, "tools/build/types.mjs");
  if (withTypes) execFileSync(process.execPath, [types, join(stage, "dist")], { stdio: "ignore" });
  const packed = execFileSync("npm", ["pack", "--ignore-scripts", "--json"], { ...NPM, cwd: stage });
  return join(stage, JSON.parse(packed)[0].filename);
}

/**
 * A fresh project with the packed package in it, as `npm install <tarball>` leaves it: its dependencies are linked
 * from this checkout, so that no test needs a network.
 */
export function packedProject(options: { types: boolean }): string {
  const folder = temporaryFolder();
  const home = join(folder, "node_modules/growth-engine");
  mkdirSync(home, { recursive: true });
  execFileSync("tar", ["-xzf", pack(options.types), "-C", home, "--strip-components=1"]);
  const { dependencies } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
  for (const name of Object.keys(dependencies))
    symlinkSync(join(PROJECT, "node_modules", name), join(folder, "node_modules", name), "junction");
  writeFileSync(join(folder, "package.json"), '{ "name": "consumer", "private": true }\n');
  return folder;
}
