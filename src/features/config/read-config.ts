import { isUtf8 } from "node:buffer";
import { Refusal } from "../../platform/errors/index.ts";
import type { Tree } from "../../platform/git/index.ts";
import { CONFIG_FILE, type Config } from "./config.ts";
import { defaultConfig, parseConfig } from "./parse-config.ts";

/** Over this size a config is refused unread. */
export const MAX_CONFIG_BYTES = 1 << 20;

function refuse(tree: Tree, what: string): never {
  throw new Refusal("CONFIG_INVALID", `${CONFIG_FILE} in ${tree.name} ${what}`, {
    hint: `make ${CONFIG_FILE} a regular file in UTF-8 of at most 1 MiB`,
  });
}

/** The config that a tree holds, or the defaults. @throws Refusal CONFIG_INVALID */
export async function readConfig(tree: Tree): Promise<Config> {
  for await (const [, found] of tree.read([CONFIG_FILE], MAX_CONFIG_BYTES)) {
    if ("tooLarge" in found) refuse(tree, "is over 1 MiB");
    if ("content" in found) {
      if (!isUtf8(found.content)) refuse(tree, "is not UTF-8");
      return parseConfig(found.content.toString("utf8"), `${CONFIG_FILE} in ${tree.name}`);
    }
  }
  // A config behind a link must not pass for no config, with which the defaults hold.
  if ((await tree.readLink(CONFIG_FILE)) !== null) refuse(tree, "is a link");
  return defaultConfig();
}
