import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { systemCode } from "../../platform/errors/index.ts";
import { packageOf } from "./resolve/folders.ts";

/** A folder directly below `node_modules`, with or without a scope: nothing above it belongs to the package. */
const PACKAGE_FOLDER = /[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/@][^\\/]*$/;

/** What packages on disk call themselves, whatever folder or alias they lie under. */
export interface InstalledPackages {
  /** The name of the package that a file belongs to: that of the nearest manifest with a name; null without one. */
  nameOfFile(file: string): string | null;
  /** The name of the package that a bare specifier leads to from a folder; null when none is installed. */
  nameBehind(specifier: string, folder: string): string | null;
}

/** Null for no manifest, an unreadable one, or one without a name (`{ "type": "module" }` in a `dist` folder). */
function nameIn(folder: string): string | null {
  try {
    const { name } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { name?: unknown };
    return typeof name === "string" && name !== "" ? name : null;
  } catch (error) {
    // What is no manifest names nothing; the path is still judged.
    if (error instanceof SyntaxError || error instanceof TypeError || systemCode(error) !== undefined)
      return null;
    throw error;
  }
}

/** Reads each manifest once: what is installed does not change while a program runs or a build goes on. */
export function installedPackages(): InstalledPackages {
  const names = new Map<string, string | null>();
  const nameOfFolder = (folder: string): string | null => {
    const known = names.get(folder);
    if (known !== undefined) return known;
    const isTop = PACKAGE_FOLDER.test(folder) || dirname(folder) === folder;
    const name = nameIn(folder) ?? (isTop ? null : nameOfFolder(dirname(folder)));
    names.set(folder, name);
    return name;
  };
  return {
    nameOfFile: (file) => nameOfFolder(dirname(file)),
    nameBehind(specifier, folder) {
      const wanted = packageOf(specifier);
      if (wanted === null) return null;
      for (let at = folder; ; at = dirname(at)) {
        const name = nameIn(join(at, "node_modules", wanted));
        if (name !== null || dirname(at) === at) return name;
      }
    },
  };
}
