import { lstatSync } from "node:fs";
import { systemCode } from "../errors/index.ts";
import { encodePath } from "./decode-path.ts";

/** What the file system says of some paths. */
export interface PathStats {
  /** Five numbers per path: whatever changes a file changes its own, since no program can set a change time back. */
  numbers: Float64Array;
  /** The latest change time among them, in milliseconds since 1970. */
  newest: number;
}

const NUMBERS = 5;

/** What is not there has zeros. Links are not followed. */
export function statPaths(root: string, paths: readonly string[]): PathStats {
  // Numbers, not text: to write out a fraction of a millisecond takes longer than to ask for it.
  const numbers = new Float64Array(paths.length * NUMBERS);
  let newest = 0;
  for (const [index, path] of paths.entries()) {
    try {
      const status = lstatSync(encodePath(`${root}/${path}`), { throwIfNoEntry: false });
      if (!status) continue;
      const { ino, mode, size, mtimeMs, ctimeMs } = status;
      numbers.set([ino, mode, size, mtimeMs, ctimeMs], index * NUMBERS);
      if (ctimeMs > newest) newest = ctimeMs;
    } catch (error) {
      if (systemCode(error) === undefined) throw error;
    }
  }
  return { numbers, newest };
}
