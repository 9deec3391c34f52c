import type { Program } from "oxc-parser";
import type { BannedPackages } from "../banned-packages.ts";
import { type FoundCommands, findCommands } from "./find-commands.ts";
import { startedPackages } from "./started-packages.ts";

/** A place in code that starts a banned server. */
export interface Spawn {
  /** The bare package. */
  package: string;
  /** Where the call or entry begins, in characters from the start of the file. */
  start: number;
  /** The command as far as it is known; `…` where it is not. */
  command: string;
}

/** Those of the places that start a banned server; a place names each package once. */
export function spawnsAmong(found: readonly FoundCommands[], banned: BannedPackages): Spawn[] {
  const spawns = new Map<string, Spawn>();
  for (const { start, commands } of found)
    for (const started of startedPackages(commands, banned)) {
      const key = `${start} ${started.package}`;
      if (!spawns.has(key)) spawns.set(key, { package: started.package, start, command: started.command });
    }
  return [...spawns.values()];
}

/** The places in a program that start a banned server. Strings that start nothing are none. */
export function findSpawns(program: Program, banned: BannedPackages): Spawn[] {
  return spawnsAmong(findCommands(program), banned);
}
