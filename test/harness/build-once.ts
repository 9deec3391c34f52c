import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { cliFile } from "./cli-file.ts";

/** Builds the command line before the first test, so that journeys run what users run. */
export function setup(): void {
  const build = join(import.meta.dirname, "../../tools/build/build.mjs");
  execFileSync(process.execPath, [build, dirname(cliFile())], { stdio: "inherit" });
}
