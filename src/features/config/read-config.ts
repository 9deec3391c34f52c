import { Refusal } from "../../platform/errors/index.ts";
import type { Tree } from "../../platform/git/index.ts";
import { CONFIG_FILE, type Config } from "./config.ts";
import { defaultConfig, parseConfig } from "./parse-config.ts";

/** Over this size a config is refused unread. */
const MAX_BYTES = 1 << 20;

/** The config that a tree holds, or the defaults. @throws Refusal CONFIG_INVALID */
export async function readConfig(tree: Tree): Promise<Config> {
  for await (const [, found] of tree.read([CONFIG_FILE], MAX_BYTES)) {
    if ("tooLarge" in found)
      throw new Refusal("CONFIG_INVALID", `${CONFIG_FILE} in ${tree.name} is over 1 MiB`);
    if ("content" in found)
      return parseConfig(found.content.toString("utf8"), `${CONFIG_FILE} in ${tree.name}`);
  }
  return defaultConfig();
}
