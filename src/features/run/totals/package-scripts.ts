import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { systemCode } from "../../../platform/errors/index.ts";
import type { Scripts } from "./recognise-runner.ts";

const MAX_SCRIPT = 10_000;

function readJson(path: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(readFileSync(path, "utf8"));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch (error) {
    if (systemCode(error) === undefined && !(error instanceof SyntaxError)) throw error;
    return null;
  }
}

/** The first file of this name in a folder or one above it, as npm looks for its package. */
function readUpwards(folder: string, name: string): Record<string, unknown> | null {
  for (let at = folder; ; at = dirname(at)) {
    const found = readJson(join(at, name));
    if (found !== null || dirname(at) === at) return found;
  }
}

/** The scripts of the package around a folder; none where there is no package. */
export function packageScripts(folder: string): Scripts {
  const scripts = readUpwards(folder, "package.json")?.scripts;
  if (typeof scripts !== "object" || scripts === null) return {};
  const short = Object.entries(scripts).filter(
    ([, text]) => typeof text === "string" && text.length <= MAX_SCRIPT,
  );
  return Object.fromEntries(short);
}

/** Major and minor version of a package that is installed around a folder; null where there is none. */
export function installedVersion(folder: string, name: string): [number, number] | null {
  const version = readUpwards(folder, join("node_modules", name, "package.json"))?.version;
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(String(version)) ?? [];
  return major === undefined ? null : [Number(major), Number(minor)];
}
