import { writeSync } from "node:fs";
import { moduleBan } from "../../features/ban/index.ts";
import { locateConfig } from "../../features/config/index.ts";
import { isFault, isRefusal, messageOf } from "../../platform/errors/index.ts";
import { printable } from "../../platform/terminal/index.ts";
import { EXIT } from "../../vocabulary/exit-code.ts";
import { hookModules } from "./hook-modules.ts";
import { hookSpawns } from "./hook-spawns.ts";
import { readMode } from "./read-mode.ts";
import { answerIn } from "./refuse-module.ts";

/** What reads a config stands in a file of its own, loaded only where there is a config. */
function bannedHere(folder: string): string[] {
  if (locateConfig(folder) === null) return [];
  const reader = require("../runtime-config/main.ts") as typeof import("../runtime-config/main.ts");
  return reader.readPackages(folder);
}

function install(): void {
  const mode = readMode(process.env);
  if (mode === "off") return;
  const packages = bannedHere(process.cwd());
  const ban = moduleBan(packages);
  const answer = answerIn(mode);
  hookSpawns(ban, answer);
  hookModules(ban, answer, { packages, mode });
}

/** A program whose guard cannot be set up does not start. */
function refuseToStart(error: unknown): never {
  const known = isRefusal(error) || isFault(error);
  const hint = known && error.hint ? `mend: ${error.hint}\n` : "";
  const code = known ? error.code : "INTERNAL";
  writeSync(2, printable(`growth-engine/runtime: ${messageOf(error)} [${code}]\n${hint}`));
  process.exit(isRefusal(error) ? error.exit : EXIT.fault);
}

try {
  install();
} catch (error) {
  refuseToStart(error);
}
