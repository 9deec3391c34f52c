import { isUtf8 } from "node:buffer";
import { lstatSync, readFileSync } from "node:fs";
import { Fault, messageOf, Refusal, systemCode } from "../../platform/errors/index.ts";
import { CONFIG_FILE, type Config } from "./config.ts";
import { locateConfig } from "./locate-config.ts";
import { defaultConfig, parseConfig } from "./parse-config.ts";
import { MAX_CONFIG_BYTES } from "./read-config.ts";

function refuse(file: string, what: string): never {
  throw new Refusal("CONFIG_INVALID", `${file} ${what}`, {
    hint: `make ${CONFIG_FILE} a regular file in UTF-8 of at most 1 MiB`,
  });
}

function readText(file: string): string {
  const found = lstatSync(file);
  // A config behind a link must not pass for no config, with which the defaults hold.
  if (!found.isFile()) refuse(file, found.isSymbolicLink() ? "is a link" : "is no file");
  if (found.size > MAX_CONFIG_BYTES) refuse(file, "is over 1 MiB");
  const content = readFileSync(file);
  if (!isUtf8(content)) refuse(file, "is not UTF-8");
  return content.toString("utf8");
}

/** @throws Refusal CONFIG_INVALID @throws Fault FILE_FAILED */
function readAt(file: string): Config {
  try {
    return parseConfig(readText(file), file);
  } catch (error) {
    const code = systemCode(error);
    if (error instanceof Refusal || code === undefined) throw error;
    throw new Fault("FILE_FAILED", `${file} cannot be read: ${messageOf(error)}`, {
      hint: "check the file's permissions",
      cause: error,
    });
  }
}

/**
 * The config that governs a folder on disk, or the defaults. Synchronous, since a program waits for it to start.
 * @param folder absolute path
 * @throws Refusal CONFIG_INVALID
 * @throws Fault FILE_FAILED
 */
export function findConfig(folder: string): Config {
  const file = locateConfig(folder);
  return file === null ? defaultConfig() : readAt(file);
}
