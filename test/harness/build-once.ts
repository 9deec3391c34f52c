import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** Builds `dist/` before the first test, so that journeys run what users run. */
export function setup(): void {
  execFileSync(process.execPath, [join(import.meta.dirname, "../../tools/build/build.mjs")], {
    stdio: "inherit",
  });
}
