import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { ROOT } from "./work-folder.mjs";

/** The built command line: the one named, or `dist/`, which is built when it is not there. */
export function findProduct(named) {
  const cli = named ? resolve(named) : join(ROOT, "dist/cli.cjs");
  if (!existsSync(cli)) {
    if (named) throw new Error(`there is no ${named}`);
    execFileSync(process.execPath, [join(ROOT, "tools/build/build.mjs")], { stdio: "inherit" });
  }
  return cli;
}
