import type { FoundCommands } from "./find-commands.ts";
import { callsOf } from "./script-calls.ts";
import { UNKNOWN } from "./split-command.ts";
import { startedPaths } from "./started-paths.ts";

/** What a command starts of the repository's own, as it is written: a file, or a script of a manifest. */
export type LocalStart = { path: string; isModule: boolean } | { script: string };

/** A text of code without any of these starts nothing. */
export const MAY_START =
  /spawn|exec|child_process|\bcommand\b|\bcmd\b|\bCommand\b|\b(?:zx|dax|bun|tinyexec|shelljs)\b|\$\s*[`({]|\b(?:run|launch|shell|start|invoke)\w*\s*\(/i;

/** `…/x`, where nobody can tell what the folder is, is looked for where `x` would be. */
function withoutUnknown(path: string): string | null {
  const known = path.startsWith(`${UNKNOWN}/`) ? path.slice(UNKNOWN.length + 1) : path;
  return known.includes(UNKNOWN) ? null : known;
}

/** A word alone is a command of the system; only a path names a file. */
function isPath(path: string, isModule: boolean): boolean {
  return isModule || /[./]/.test(path);
}

/** @param folder where the command runs, by the options of the call: below whatever folder the program runs in */
export function localStarts(words: readonly string[], folder = ""): LocalStart[] {
  const below = withoutUnknown(`${folder}/`) ?? "";
  const files = startedPaths(words).flatMap(({ path, isModule }) => {
    const known = isPath(path, isModule) ? withoutUnknown(path) : null;
    if (known === null) return [];
    const places = folder === "" || below === "" ? [known] : [`${below}${known}`, known];
    return places.map((place) => ({ path: place, isModule }));
  });
  return [...files, ...callsOf(words).map((script) => ({ script }))];
}

/** What code starts of the repository's own, each at the place of the call. */
export function startsAmong(found: readonly FoundCommands[]): { what: LocalStart; start: number }[] {
  return found.flatMap(({ start, commands, folder }) =>
    commands.flatMap((words) => localStarts(words, folder).map((what) => ({ what, start }))),
  );
}
