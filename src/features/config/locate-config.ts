import { existsSync, lstatSync } from "node:fs";
import { dirname, join } from "node:path";
import { CONFIG_FILE } from "./config.ts";

/**
 * Path of the config that governs a folder on disk: the nearest `growth-engine.json` in it or above, not above the top
 * of the git checkout; null where there is none. A broken link there is a config as well: a broken one.
 * @param folder absolute path
 */
export function locateConfig(folder: string): string | null {
  for (let at = folder; ; at = dirname(at)) {
    const file = join(at, CONFIG_FILE);
    if (lstatSync(file, { throwIfNoEntry: false }) !== undefined) return file;
    if (existsSync(join(at, ".git")) || dirname(at) === at) return null;
  }
}
