import type { BannedPackages } from "../banned-packages.ts";
import { readScript } from "./read-script.ts";
import { scriptKind } from "./script-kind.ts";
import { type Started, startedPackages } from "./started-packages.ts";

/** The banned servers that a shell script, an image or a `Procfile` starts, each with the line of its command. */
export function findShellSpawns(
  path: string,
  text: string,
  banned: BannedPackages,
): (Started & { line: number })[] {
  const kind = scriptKind(path, text);
  if (kind === null) return [];
  return readScript(kind, text).flatMap(({ words, line }) =>
    startedPackages([words], banned).map((started) => ({ ...started, line })),
  );
}
