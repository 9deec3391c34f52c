import { lstatSync } from "node:fs";
import { systemCode } from "../errors/index.ts";
import { encodePath } from "./decode-path.ts";

/** What the file system says of some paths. */
export interface PathStats {
  /** One line per path: whatever changes a file changes its line, since no program can set a change time back. */
  lines: string;
  /** The latest change time among them, in milliseconds since 1970. */
  newest: number;
}

/** What is not there has an empty line. Links are not followed. */
export function statPaths(root: string, paths: readonly string[]): PathStats {
  let lines = "";
  let newest = 0;
  for (const path of paths) {
    try {
      const status = lstatSync(encodePath(`${root}/${path}`), { throwIfNoEntry: false });
      if (status) {
        lines += `${status.ino} ${status.mode} ${status.size} ${status.mtimeMs} ${status.ctimeMs}`;
        newest = Math.max(newest, status.ctimeMs);
      }
    } catch (error) {
      if (systemCode(error) === undefined) throw error;
    }
    lines += "\n";
  }
  return { lines, newest };
}
