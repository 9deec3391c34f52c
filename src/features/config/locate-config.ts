import { existsSync, lstatSync } from "node:fs";
import { dirname, join } from "node:path";
import { Fault, messageOf } from "../../platform/errors/index.ts";
import { CONFIG_FILE } from "./config.ts";

function isThere(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    throw new Fault("FILE_FAILED", `${file} cannot be looked for: ${messageOf(error)}`, {
      hint: "check the permissions of the folder",
      cause: error,
    });
  }
}

/**
 * Path of the config that governs a folder on disk: the nearest `growth-engine.json` in it or above, not above the top
 * of the git checkout; null where there is none. A broken link there is a config as well: a broken one.
 * @param folder absolute path
 * @throws Fault FILE_FAILED where a folder may not be looked into
 */
export function locateConfig(folder: string): string | null {
  for (let at = folder; ; at = dirname(at)) {
    const file = join(at, CONFIG_FILE);
    if (isThere(file)) return file;
    if (existsSync(join(at, ".git")) || dirname(at) === at) return null;
  }
}
