import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { Fault } from "../../platform/errors/index.ts";
import type { Tool } from "./run/world.ts";

/** Where the built action lies, seen from the built file that this is part of. */
const PLACES = ["portable/action.cjs", "action.cjs", "../../../dist/portable/action.cjs"];

/** The defaults that the metadata file beside an action names (docs.github.com "Metadata syntax"). */
function defaultsBeside(file: string): Record<string, string> {
  const metadata = join(dirname(file), "action.yml");
  if (!existsSync(metadata)) return {};
  const { inputs = {} } = (parse(readFileSync(metadata, "utf8")) ?? {}) as {
    inputs?: Record<string, { default?: unknown }>;
  };
  const given = Object.entries(inputs).filter(([, input]) => input?.default !== undefined);
  return Object.fromEntries(given.map(([name, input]) => [name, String(input.default)]));
}

/**
 * The built entry of the action that this very version of Growth Engine ships, or the one that the caller names. What
 * the repository vendors is never run.
 * @throws Fault FILE_FAILED when there is none
 */
export function findTool(named: string | undefined, cwd: string, version: string): Tool {
  const places = named === undefined ? PLACES.map((place) => join(__dirname, place)) : [resolve(cwd, named)];
  const file = places.find((place) => existsSync(place));
  if (file === undefined) {
    throw new Fault(
      "FILE_FAILED",
      named === undefined ? "the built action is missing" : `${named} does not exist`,
      {
        hint:
          named === undefined
            ? "install growth-engine anew"
            : "name the built file of the action: --action <file>",
      },
    );
  }
  return { file, name: named ?? `growth-engine ${version}`, defaults: defaultsBeside(file) };
}
