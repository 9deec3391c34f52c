import { lstatSync, type Stats } from "node:fs";
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
const ABSENT_IS_NOTHING = { throwIfNoEntry: false } as const;

/** What is not there has zeros. Links are not followed. */
export function statPaths(root: string, paths: readonly string[]): PathStats {
  // Numbers, not text: to write out a fraction of a millisecond takes longer than to ask for it.
  const numbers = new Float64Array(paths.length * NUMBERS);
  let newest = 0;
  let at = 0;
  for (const path of paths) {
    const status = statOf(`${root}/${path}`);
    if (status !== undefined) {
      numbers[at] = status.ino;
      numbers[at + 1] = status.mode;
      numbers[at + 2] = status.size;
      numbers[at + 3] = status.mtimeMs;
      numbers[at + 4] = status.ctimeMs;
      if (status.ctimeMs > newest) newest = status.ctimeMs;
    }
    at += NUMBERS;
  }
  return { numbers, newest };
}

function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(encodePath(path), ABSENT_IS_NOTHING);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined;
  }
}
